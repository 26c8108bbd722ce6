package io.mainstay.lease.extend;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Body of a request to extend leases.
 *
 * @param leases each as it came: one that is bad has nothing to do with the others
 * @param worker whose they are, or null
 * @param leaving whether the worker ends and this is its last request
 */
public record ExtendRequest(List<Json> leases, String worker, boolean leaving) {

    static final int MOST = 1000;
    private static final Pattern WORKER = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public ExtendRequest {
        leases = leases == null && leaving ? List.of() : leases;
        if (leases == null || leases.isEmpty() && !leaving || leases.size() > MOST) {
            throw new InvalidValueException(
                    "leases", leases == null ? null : leases.size() + " leases", "1 to " + MOST + " leases");
        }
        if (leaving && worker == null) {
            throw new InvalidValueException("worker", null, "the name of the worker that leaves");
        }
        if (worker != null && !WORKER.matcher(worker).matches()) {
            throw new InvalidValueException("worker", worker, WORKER.pattern());
        }
    }
}
