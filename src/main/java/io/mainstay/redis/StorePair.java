package io.mainstay.redis;

import io.mainstay.queue.Recyclable;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/** The stores of this instance. They share nothing. */
record StorePair(RedisStore first, Optional<RedisStore> second) {

    /** What the only store has, or what both have put together. */
    <T> T together(Function<RedisStore, T> part, BinaryOperator<T> both) {
        T ofFirst = part.apply(first);
        return second.map(other -> both.apply(ofFirst, part.apply(other))).orElse(ofFirst);
    }

    void start() {
        all().forEach(RedisStore::start);
    }

    /** May be called again. */
    void close() {
        all().forEach(RedisStore::close);
    }

    /** Of each of them. */
    Recyclable links() {
        return oneOf(all().map(RedisStore::links).toList());
    }

    /** Of each of them. */
    Recyclable subscription() {
        return oneOf(all().map(RedisStore::subscription).toList());
    }

    private Stream<RedisStore> all() {
        return Stream.concat(Stream.of(first), second.stream());
    }

    private static Recyclable oneOf(List<Recyclable> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return new Recyclable() {
            @Override
            public String name() {
                return parts.get(0).name();
            }

            @Override
            public void recycle(String reason) {
                parts.forEach(part -> part.recycle(reason));
            }
        };
    }
}
