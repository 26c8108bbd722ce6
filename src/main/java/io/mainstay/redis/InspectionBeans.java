package io.mainstay.redis;

import io.mainstay.inspection.QueueMemoryStore;
import io.mainstay.inspection.RedisInspection;
import io.mainstay.redis.inspection.RedisQueueMemoryStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/** Makes what people look at Redis with, over both stores. */
@Dependent
class InspectionBeans {

    @Produces
    @Singleton
    RedisInspection inspection(StorePair pair) {
        return pair.<RedisInspection>together(
                RedisStore::look,
                (first, second) -> () -> Uni.combine()
                        .all()
                        .unis(first.look(), second.look())
                        .with((some, more) ->
                                Stream.concat(some.stream(), more.stream()).toList()));
    }

    @Produces
    @Singleton
    QueueMemoryStore memory(StorePair pair) {
        return pair.<QueueMemoryStore>together(
                store -> new RedisQueueMemoryStore(store.calls()),
                (first, second) -> place -> (place.isInSecondStore() ? second : first).memory(place));
    }
}
