package io.mainstay.redis;

import io.mainstay.queue.JobsConfig;
import io.vertx.redis.client.RedisOptions;
import java.util.Map;

/** A store as a service begins with it: nothing goes to Redis before that was inspected. */
final class Inspected {

    private Inspected() {}

    /** Leaves what is stored. */
    static RedisUnderTest begin(RedisOptions options, String asked, Map<String, String> values, int schema) {
        StoreGate gate = new StoreGate();
        RedisUnderTest store = RedisUnderTest.behind(gate, options, asked, values);
        SettingsCheck settings = new SettingsCheck(
                Configured.redis(values),
                Configured.by(JobsConfig.class, values),
                Configured.by(DurabilityConfig.class, values));
        Inspector inspector = new Inspector(store.vertx(), store.links(), gate, settings, new SchemaCheck(schema));
        inspector.start();
        store.beforeClose(inspector::close);
        return store;
    }
}
