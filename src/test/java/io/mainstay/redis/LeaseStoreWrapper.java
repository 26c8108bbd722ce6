package io.mainstay.redis;

import io.mainstay.queue.LeaseStore;

/** A bean of a test that stands between the running service and its store. */
public interface LeaseStoreWrapper {

    LeaseStore wrap(LeaseStore store);
}
