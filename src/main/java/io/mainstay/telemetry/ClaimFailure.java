package io.mainstay.telemetry;

import io.mainstay.job.StoreUnavailableException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** Why a claim brought nothing, not even the word that there is nothing. */
enum ClaimFailure {
    /** Redis could not be reached for as long as calls are repeated. */
    UNAVAILABLE,
    /** Redis answered with an error that repeating does not fix. */
    REFUSED,
    /** No answer of any kind. */
    SILENT;

    static ClaimFailure of(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return SILENT;
        }
        return failure instanceof StoreUnavailableException ? UNAVAILABLE : REFUSED;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
