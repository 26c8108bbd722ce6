package io.mainstay.redis.check;

import io.mainstay.queue.JobsConfig;
import io.mainstay.redis.Configured;
import io.mainstay.redis.connection.StoreGate;
import io.mainstay.redis.connection.StoreName;
import io.mainstay.redis.store.DurabilityConfig;
import io.mainstay.redis.store.RedisUnderTest;
import io.vertx.redis.client.RedisOptions;
import java.util.Map;

/** A store as a service begins with it: nothing goes to Redis before that was inspected. */
public final class Inspected {

    private Inspected() {}

    /** Leaves what is stored. */
    public static RedisUnderTest begin(RedisOptions options, String asked, Map<String, String> values, int schema) {
        StoreGate gate = new StoreGate();
        RedisUnderTest store = RedisUnderTest.behind(gate, options, asked, values);
        SettingsCheck settings = new SettingsCheck(
                Configured.redis(values),
                Configured.by(JobsConfig.class, values),
                Configured.by(DurabilityConfig.class, values));
        Inspector inspector =
                new Inspector(StoreName.FIRST, store.vertx(), store.links(), gate, settings, new SchemaCheck(schema));
        inspector.start();
        store.beforeClose(inspector::close);
        return store;
    }
}
