package io.mainstay.kube;

import java.time.Duration;

/**
 * What a caller saw of one job.
 *
 * @param tries how often it was sent until it was acknowledged; 0 if it was not
 */
record Enqueueing(String id, int tries, Duration took) {

    boolean acknowledged() {
        return tries > 0;
    }
}
