package io.mainstay.worker;

import io.mainstay.job.StoreRefusedException;
import io.mainstay.job.StoreUnavailableException;
import java.util.concurrent.TimeoutException;

/** Tells kinds of failed calls apart. */
final class Failures {

    private Failures() {}

    /** Whether the store could not be reached, rather than disliked what it got. */
    static boolean storeAway(Throwable failure) {
        return failure instanceof StoreUnavailableException
                || failure instanceof StoreRefusedException
                || failure instanceof TimeoutException;
    }
}
