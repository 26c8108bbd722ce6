package io.mainstay.stores.second;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.scaling.LoadStore;
import io.mainstay.scaling.QueueLoad;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link LoadStore} over two; of queues in the second, if that does not answer, there is nothing. */
public final class TwoLoadStores implements LoadStore {

    private final LoadStore first;
    private final LoadStore second;

    public TwoLoadStores(LoadStore first, LoadStore second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public Uni<List<QueueLoad>> loads(Collection<QueueName> queues, Set<HandlerName> handlers) {
        Map<Boolean, List<QueueName>> bySecond =
                queues.stream().collect(Collectors.partitioningBy(QueueName::isInSecondStore));
        if (bySecond.get(true).isEmpty()) {
            return first.loads(queues, handlers);
        }
        return Uni.combine()
                .all()
                .unis(
                        first.loads(bySecond.get(false), handlers),
                        second.loads(bySecond.get(true), handlers).onFailure().recoverWithItem(List.of()))
                .with((some, more) ->
                        Stream.concat(some.stream(), more.stream()).toList());
    }
}
