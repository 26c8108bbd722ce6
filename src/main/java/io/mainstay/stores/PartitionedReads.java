package io.mainstay.stores;

import io.mainstay.job.FlowMember;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.policy.Layout;
import io.mainstay.policy.StoredPolicy;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds jobs by id among the parts of a queue: first where a job without a group lies, then in all other places at once, for a job may
 * have been put where its group is.
 */
final class PartitionedReads {

    private static final int AT_ONCE = 16;

    /**
     * What the place says that has the job. If none has it, what the likeliest says; fails if there is none and a place does not answer.
     *
     * @param found whether it is the place
     */
    <T> Uni<T> first(StoredPolicy policy, JobId id, Function<QueueName, Uni<T>> ask, Predicate<T> found) {
        QueueName likely = likely(policy, id);
        return ask.apply(likely).onItemOrFailure().transformToUni((answer, failure) -> {
            if (failure == null && found.test(answer)) {
                return Uni.createFrom().item(answer);
            }
            return Multi.createFrom()
                    .iterable(policy.layout().places(policy.queue()))
                    .filter(place -> !place.equals(likely))
                    .onItem()
                    .transformToUni(
                            place -> ask.apply(place).map(Said::of).onFailure().recoverWithItem(Said::failed))
                    .merge(AT_ONCE)
                    .collect()
                    .asList()
                    .map(all -> all.stream()
                            .filter(said -> said.failure == null && found.test(said.answer))
                            .findFirst()
                            .map(said -> said.answer)
                            .orElseGet(() -> {
                                if (failure != null) {
                                    throw sneaky(failure);
                                }
                                all.stream()
                                        .filter(said -> said.failure != null)
                                        .findFirst()
                                        .ifPresent(said -> {
                                            throw sneaky(said.failure);
                                        });
                                return answer;
                            }));
        });
    }

    /** What places say of jobs, all that is known; those that are nowhere are left out. */
    <T> Uni<Map<JobId, T>> all(
            StoredPolicy policy, List<JobId> ids, BiFunction<QueueName, List<JobId>, Uni<Map<JobId, T>>> ask) {
        Map<QueueName, List<JobId>> byPlace = new LinkedHashMap<>();
        ids.forEach(id -> byPlace.computeIfAbsent(likely(policy, id), none -> new ArrayList<>())
                .add(id));
        return gather(byPlace, ask).flatMap(known -> {
            List<JobId> missing =
                    ids.stream().filter(id -> !known.containsKey(id)).toList();
            if (missing.isEmpty()) {
                return Uni.createFrom().item(known);
            }
            Map<QueueName, List<JobId>> others = new LinkedHashMap<>();
            policy.layout().places(policy.queue()).forEach(place -> {
                List<JobId> elsewhere = missing.stream()
                        .filter(id -> !likely(policy, id).equals(place))
                        .toList();
                if (!elsewhere.isEmpty()) {
                    others.put(place, elsewhere);
                }
            });
            return gather(others, ask).map(more -> {
                Map<JobId, T> both = new HashMap<>(known);
                both.putAll(more);
                return both;
            });
        });
    }

    private static <T> Uni<Map<JobId, T>> gather(
            Map<QueueName, List<JobId>> asked, BiFunction<QueueName, List<JobId>, Uni<Map<JobId, T>>> ask) {
        return Multi.createFrom()
                .iterable(asked.entrySet())
                .onItem()
                .transformToUni(each -> ask.apply(each.getKey(), each.getValue()))
                .merge(AT_ONCE)
                .collect()
                .in(HashMap<JobId, T>::new, Map::putAll)
                .map(all -> all);
    }

    /** Where it lies if it has no group: jobs of flows in the queue itself. */
    private static QueueName likely(StoredPolicy policy, JobId id) {
        return FlowMember.isReserved(id)
                ? policy.queue()
                : Layout.part(policy.queue(), policy.layout().open(), id.value());
    }

    private record Said<T>(T answer, Throwable failure) {

        static <T> Said<T> of(T answer) {
            return new Said<>(answer, null);
        }

        static <T> Said<T> failed(Throwable failure) {
            return new Said<>(null, failure);
        }
    }

    private static RuntimeException sneaky(Throwable failure) {
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
}
