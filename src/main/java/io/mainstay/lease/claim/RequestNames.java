package io.mainstay.lease.claim;

import io.mainstay.job.InvalidValueException;
import io.mainstay.security.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names that follow from an idempotency key: the same on every instance. */
final class RequestNames {

    static final String KEY = "Idempotency-Key";

    private static final int LONGEST_KEY = 255;
    private static final int BYTES = 16;
    /** Before the number of the period; not part of a hash. */
    private static final char PERIOD = '~';

    private static final int PERIODS_PER_LEASE = 2;
    private static final int RADIX = 36;

    private RequestNames() {}

    /** @param key as the caller sent it */
    static Ask.Name of(Caller caller, LeaseRequest request, String key) {
        boolean printable = key.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (key.isEmpty() || key.length() > LONGEST_KEY || !printable) {
            throw new InvalidValueException(KEY, key, "1 to " + LONGEST_KEY + " printable ASCII characters");
        }
        String claimant = "key-" + hash(caller.id(), request.worker(), sorted(request.queues()), key);
        String asked = hash(
                claimant,
                sorted(request.handlers()),
                request.max().toString(),
                request.lease().toString(),
                String.valueOf(request.version()),
                String.valueOf(request.concurrency()));
        return new Ask.Name(claimant, ClaimNames.workerPart(request.worker()) + "." + asked);
    }

    /**
     * The token gets the number of a period, half a lease long: with a key that is used again once its leases are over, the same job gets
     * another token, so that a late report of the earlier attempt is refused.
     *
     * @param now by the store's clock, which is the same for all instances
     */
    static Ask.Name at(Ask.Name name, Duration lease, Instant now) {
        long period = now.toEpochMilli() / Math.max(1, lease.toMillis() / PERIODS_PER_LEASE);
        return new Ask.Name(name.claimant(), name.token() + PERIOD + Long.toString(period, RADIX));
    }

    /** Whether both tokens follow from the same request, whenever it was sent. */
    static boolean sameRequest(String token, String other) {
        return withoutPeriod(token).equals(withoutPeriod(other));
    }

    private static String withoutPeriod(String token) {
        int period = token.lastIndexOf(PERIOD);
        return period < 0 ? token : token.substring(0, period);
    }

    private static String sorted(Collection<?> names) {
        return names.stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
    }

    /** Of words without a line break. */
    private static String hash(String... words) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", words).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
