package io.mainstay.failover;

import java.time.Duration;

/**
 * How a request to enqueue ended.
 *
 * @param status of HTTP, 0 if there was no answer
 */
record Answer(String id, int status, Duration took) {

    boolean acknowledged() {
        return status == 200 || status == 201;
    }
}
