package io.mainstay.stores.second;

import io.mainstay.events.ChangeFeed;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import java.util.function.BooleanSupplier;

/**
 * {@link ChangeFeed} over two. Listeners get both; a change is delivered once, by the first, or by the second while messages
 * of the first do not arrive here.
 */
public final class TwoChangeFeeds implements ChangeFeed {

    private final ChangeFeed first;
    private final ChangeFeed second;
    private final BooleanSupplier firstIsLive;

    public TwoChangeFeeds(ChangeFeed first, ChangeFeed second, BooleanSupplier firstIsLive) {
        this.first = first;
        this.second = second;
        this.firstIsLive = firstIsLive;
    }

    @Override
    public boolean wanted() {
        return first.wanted() || second.wanted();
    }

    @Override
    public void tell(StateChange change) {
        (firstIsLive.getAsBoolean() ? first : second).tell(change);
    }

    @Override
    public void tell(QueueName queue) {
        (firstIsLive.getAsBoolean() ? first : second).tell(queue);
    }

    @Override
    public AutoCloseable listen(Listener listener) {
        return Both.of(first.listen(listener), second.listen(listener));
    }
}
