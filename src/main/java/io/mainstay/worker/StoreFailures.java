package io.mainstay.worker;

import io.mainstay.job.StoreRefusedException;
import io.mainstay.job.StoreUnavailableException;
import java.util.concurrent.TimeoutException;

/** Tells kinds of failed calls apart. */
final class StoreFailures {

    private StoreFailures() {}

    /** Whether the store could not be reached, rather than disliked what it got. */
    static boolean unavailable(Throwable failure) {
        return failure instanceof StoreUnavailableException
                || failure instanceof StoreRefusedException
                || failure instanceof TimeoutException;
    }
}
