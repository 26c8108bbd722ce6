package io.mainstay.stores.second;

import io.mainstay.queue.WakeUps;

/** {@link WakeUps} of two stores; buckets are numbered as {@link TwoDueStores} does. */
public final class TwoWakeUps implements WakeUps {

    private final WakeUps first;
    private final WakeUps second;
    private final int bucketsOfFirst;

    public TwoWakeUps(WakeUps first, WakeUps second, int bucketsOfFirst) {
        this.first = first;
        this.second = second;
        this.bucketsOfFirst = bucketsOfFirst;
    }

    @Override
    public AutoCloseable listen(Listener listener) {
        return Both.of(first.listen(listener), second.listen(listener));
    }

    @Override
    public boolean live() {
        return first.live() && second.live();
    }

    @Override
    public boolean live(int bucket) {
        return bucket < bucketsOfFirst ? first.live(bucket) : second.live(bucket - bucketsOfFirst);
    }
}
