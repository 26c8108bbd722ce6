package io.mainstay.maintenance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long ended jobs are kept, per queue: by age and by count, whichever limit is met first. */
@ConfigMapping(prefix = "mainstay.retention")
public interface RetentionConfig {

    /** Time between two rounds of deleting, PT1S to PT1H; the next comes sooner while there is more to delete. */
    @WithDefault("PT10S")
    Duration interval();

    Succeeded succeeded();

    Dead dead();

    Cancelled cancelled();

    /** Jobs that ended well. */
    interface Succeeded {

        /** Age since the end, PT0S or more; PT0S keeps none. */
        @WithDefault("P1D")
        Duration maxAge();

        /** Newest jobs kept, 0 or more; each costs Redis memory. */
        @WithDefault("10000")
        long maxCount();
    }

    /** Jobs that ended badly, and may be wanted for a second try. */
    interface Dead {

        /** Age since the end, PT0S or more; PT0S keeps none. */
        @WithDefault("P180D")
        Duration maxAge();

        /** Newest jobs kept, 0 or more; each costs Redis memory. */
        @WithDefault("100000")
        long maxCount();
    }

    /** Jobs that were ended by request. */
    interface Cancelled {

        /** Age since the end, PT0S or more; PT0S keeps none. */
        @WithDefault("P1D")
        Duration maxAge();

        /** Newest jobs kept, 0 or more; each costs Redis memory. */
        @WithDefault("10000")
        long maxCount();
    }
}
