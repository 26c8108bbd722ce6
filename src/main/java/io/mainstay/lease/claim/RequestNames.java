package io.mainstay.lease.claim;

import io.mainstay.job.InvalidValueException;
import io.mainstay.security.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names that follow from an idempotency key: the same on every instance. */
final class RequestNames {

    static final String KEY = "Idempotency-Key";

    private static final int LONGEST_KEY = 255;
    private static final int BYTES = 16;

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
