package io.mainstay.failover;

import io.mainstay.failover.history.Planned.Trait;
import io.mainstay.failover.nemesis.Names;
import java.util.Random;
import java.util.Set;

/**
 * Jobs of many kinds, with payloads and results of up to 256 KiB, most of them small; the same seed gives the same ones.
 * Not thread-safe.
 */
final class JobMix {

    /**
     * @param body of the request to enqueue it
     * @param prefer value of that header, empty for none
     */
    record Job(String body, int maxAttempts, Set<Trait> traits, String prefer) {

        Job(String body, int maxAttempts, Trait... traits) {
            this(body, maxAttempts, Set.of(traits), "");
        }
    }

    private static final int ATTEMPTS = 5;
    /** What is left of 256 KiB beside the names around it. */
    private static final int LARGEST = 260_000;

    private static final int LONGEST_WAIT = 3;

    private final Random random;
    private final String target;
    private final String durability;

    JobMix(long seed, String target) {
        this(seed, target, "replica");
    }

    /** @param durability of all jobs */
    JobMix(long seed, String target, String durability) {
        this.random = new Random(seed);
        this.target = target;
        this.durability = durability;
    }

    Job next(String id) {
        int kind = random.nextInt(20);
        if (kind < 7) {
            return http(id, "", 0, ATTEMPTS);
        } else if (kind < 10) {
            return http(id, "?size=" + size(), size(), ATTEMPTS);
        } else if (kind < 11) {
            return http(id, "?status=500", 0, 2);
        } else if (kind < 12) {
            return http(id, "?failures=1", 0, ATTEMPTS);
        } else if (kind < 14) {
            return job(id, ATTEMPTS, "\"handler\": \"echo\", \"payload\": " + Names.body(id, size()));
        } else if (kind < 16) {
            String prefer = "wait=" + random.nextInt(LONGEST_WAIT + 1);
            Job sleep = job(id, ATTEMPTS, "\"handler\": \"sleep\", \"payload\": {\"duration\": \"PT2S\"}");
            return new Job(sleep.body, ATTEMPTS, Set.of(), prefer);
        } else if (kind < 17) {
            return job(id, ATTEMPTS, "\"handler\": \"echo\", \"expiresIn\": \"PT1S\"", Trait.EXPIRES);
        } else if (kind < 18) {
            return job(id, ATTEMPTS, httpMember(id, "", 0) + ", \"within\": \"PT2S\"", Trait.WATCHED, Trait.DEADLINE);
        } else if (kind < 19) {
            return job(id, ATTEMPTS, httpMember(id, "", 0) + ", \"delay\": \"PT1S\"", Trait.WATCHED);
        }
        return job(id, ATTEMPTS, httpMember(id, "", 0) + ", \"delay\": \"PT0.2S\"", Trait.WATCHED, Trait.CANCELLED);
    }

    /** One that is due a while after it was sent. */
    Job delayed(String id) {
        return job(id, ATTEMPTS, httpMember(id, "", 0) + ", \"delay\": \"PT2S\"", Trait.WATCHED);
    }

    private Job http(String id, String query, int size, int maxAttempts) {
        return job(id, maxAttempts, httpMember(id, query, size), Trait.WATCHED);
    }

    private String httpMember(String id, String query, int size) {
        return "\"http\": {\"url\": \"%s%s\", \"method\": \"POST\", \"body\": %s}"
                .formatted(target, query, Names.body(id, size));
    }

    private Job job(String id, int maxAttempts, String rest, Trait... traits) {
        return new Job(
                "{\"id\": \"%s\", \"durability\": \"%s\", \"maxAttempts\": %d, ".formatted(id, durability, maxAttempts)
                        + "\"backoff\": {\"type\": \"fixed\", \"delay\": \"PT0.2S\"}, " + rest + "}",
                maxAttempts,
                traits);
    }

    /** As many of 1 to 10 bytes as of 10,000 to 100,000. */
    private int size() {
        return (int) Math.round(Math.exp(random.nextDouble() * Math.log(LARGEST))) - 1;
    }
}
