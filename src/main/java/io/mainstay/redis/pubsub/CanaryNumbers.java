package io.mainstay.redis.pubsub;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Counts the canaries of a subscription, over all its generations. Confined to its event loop. */
final class CanaryNumbers {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private long latest;

    long next() {
        return ++latest;
    }

    /** The number that a message holds; empty if it is none of those that were counted. */
    OptionalLong read(String message) {
        if (!NUMBER.matcher(message).matches()) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(message);
        return number > latest ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
