package io.mainstay.redis.pubsub;

import io.mainstay.health.SubscriptionState;
import java.time.Duration;

/** What a supervised subscription brings, and how it fares. Told on its event loop; what is thrown is logged. */
interface SubscriptionListener {

    void message(String channel, String text);

    /** Messages may have been missed. */
    void missed();

    void changed(SubscriptionState to);

    void canaryBack(Duration travelled);
}
