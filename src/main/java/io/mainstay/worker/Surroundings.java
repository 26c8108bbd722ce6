package io.mainstay.worker;

import io.mainstay.job.JobIds;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.WakeUps;
import io.mainstay.queue.Watchers;

/** What the workers need from outside their package. */
record Surroundings(
        JobStore jobs, LeaseStore leases, WakeUps wakeUps, HandlerRegistry handlers, Watchers watchers, JobIds ids) {}
