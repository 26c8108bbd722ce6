package io.mainstay.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One fault on one site, with what was seen besides the figures. */
record Trial<S extends Site>(S site, String queue, List<String> complaints) {

    Trial(S site, String queue) {
        this(site, queue, new ArrayList<>());
    }

    /** What should not have been. */
    void complainUnless(boolean right, String wrong) {
        if (!right) {
            complaints.add(wrong);
        }
    }

    /** Lets a fault last. This is the fault's length, not a wait for something to happen. */
    void last(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
