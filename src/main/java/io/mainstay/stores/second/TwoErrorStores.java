package io.mainstay.stores.second;

import io.mainstay.job.QueueName;
import io.mainstay.queue.errors.ErrorGroup;
import io.mainstay.queue.errors.ErrorStore;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** {@link ErrorStore} over two. */
public final class TwoErrorStores implements ErrorStore {

    private final OneOfTwo<ErrorStore> stores;

    public TwoErrorStores(ErrorStore first, ErrorStore second) {
        this.stores = new OneOfTwo<>(first, second);
    }

    @Override
    public Uni<List<Seen>> seen(QueueName queue) {
        return stores.of(queue).seen(queue);
    }

    @Override
    public Uni<List<ErrorGroup>> read(QueueName queue, List<String> fingerprints) {
        return stores.of(queue).read(queue, fingerprints);
    }
}
