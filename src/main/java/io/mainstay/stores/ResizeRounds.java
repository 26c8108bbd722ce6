package io.mainstay.stores;

import io.mainstay.policy.Policies;
import io.mainstay.policy.PolicyStore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Lets every instance continue changes of layouts whenever it has read policies, one round at a time. */
public final class ResizeRounds {

    private static final Logger LOG = Logger.getLogger(ResizeRounds.class);

    private final Resizer resizer;
    private final AtomicBoolean underWay = new AtomicBoolean();

    public ResizeRounds(Resizer resizer) {
        this.resizer = resizer;
    }

    public void listen(Policies policies) {
        policies.listen(this::heard);
    }

    private void heard(PolicyStore.News news) {
        if (underWay.compareAndSet(false, true)) {
            resizer.goOn(news.now())
                    .onTermination()
                    .invoke(() -> underWay.set(false))
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf(failure, "a change of partitions continues later"));
        }
    }
}
