package io.mainstay.redis.store;

import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.queue.CallSize;
import io.mainstay.queue.Settled;
import io.mainstay.queue.Settlement;
import io.mainstay.redis.connection.RedisCalls;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reports of workers: one script call for each kind in a batch, sent together; large ones in several batches, in a row. */
final class SettlementCalls {

    private static final Settled SUCCEEDED = new Settled.Applied(JobState.SUCCEEDED);
    private static final Settled SUCCEEDED_BEFORE = new Settled.Applied(JobState.SUCCEEDED, true);
    /** Before the state of a job that an earlier sending of the report brought there. */
    private static final String EARLIER = "=";

    private final RedisCalls calls;

    SettlementCalls(RedisCalls calls) {
        this.calls = calls;
    }

    Uni<List<Settled>> settle(QueueName queue, List<Settlement> settlements) {
        List<List<Settlement>> parts = CallSize.split(settlements, settlements.size(), Settlement::bytes);
        if (parts.size() <= 1) {
            return settleTogether(queue, settlements);
        }
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(part -> settleTogether(queue, part))
                .onItem()
                .<Settled>disjoint()
                .collect()
                .asList();
    }

    private Uni<List<Settled>> settleTogether(QueueName queue, List<Settlement> settlements) {
        RedisKeys keys = new RedisKeys(queue);
        String ready = keys.state(JobState.READY);
        String running = keys.state(JobState.RUNNING);
        List<String> notDone = List.of(running, keys.state(JobState.SCHEDULED), keys.state(JobState.DEAD));
        List<String> head = List.of(keys.jobPrefix(), RedisKeys.WAKE_CHANNEL, queue.value());
        Settled[] answers = new Settled[settlements.size()];
        List<Uni<Void>> parts = new ArrayList<>(4);

        new Part<>(Settlement.Complete.class, settlements, (complete, args) -> {
                    args.add(complete.result().map(Json::text).orElse(""));
                })
                .addSuccessesTo(parts, answers, List.of(running, keys.state(JobState.SUCCEEDED)), head);
        new Part<>(Settlement.Fail.class, settlements, (fail, args) -> {
                    args.add(fail.type());
                    args.add(fail.message());
                    args.add(waitOf(fail.retryAfter()));
                    args.add(fail.stack());
                })
                .addTo(parts, answers, Script.FAIL, notDone, head);
        new Part<>(Settlement.Release.class, settlements, (release, args) -> {})
                .addTo(parts, answers, Script.RELEASE, List.of(ready, running), head);
        new Part<>(Settlement.Snooze.class, settlements, (snooze, args) -> {
                    args.add(Long.toString(snooze.pause().toMillis()));
                    args.add(Integer.toString(snooze.most()));
                })
                .addTo(parts, answers, Script.SNOOZE, notDone, head);

        new Part<>(Settlement.Pend.class, settlements, (pend, args) -> {
                    args.add(Long.toString(pend.timeout().toMillis()));
                    args.add(waitOf(pend.retryAfter()));
                })
                .addTo(parts, answers, Script.PEND, List.of(running, keys.meta()), head);

        return Uni.join().all(parts).andFailFast().map(ignored -> Arrays.asList(answers));
    }

    private static String waitOf(Optional<Duration> retryAfter) {
        return retryAfter.map(wait -> Long.toString(wait.toMillis())).orElse("-1");
    }

    /** The settlements of one kind within a batch. */
    private final class Part<S extends Settlement> {

        private final List<Integer> places = new ArrayList<>();
        private final List<String> args = new ArrayList<>();

        /** @param moreArgs what a report has beside id and token */
        Part(Class<S> kind, List<Settlement> batch, BiConsumer<S, List<String>> moreArgs) {
            for (int i = 0; i < batch.size(); i++) {
                if (kind.isInstance(batch.get(i))) {
                    places.add(i);
                    args.add(batch.get(i).lease().id().value());
                    args.add(batch.get(i).lease().token());
                    moreArgs.accept(kind.cast(batch.get(i)), args);
                }
            }
        }

        void addTo(List<Uni<Void>> parts, Settled[] answers, Script script, List<String> keys, List<String> head) {
            if (!places.isEmpty()) {
                parts.add(send(script, keys, head)
                        .invoke(states -> place(states, answers))
                        .replaceWithVoid());
            }
        }

        /** This script tells which were refused, and which were done before; nothing of the others. */
        void addSuccessesTo(List<Uni<Void>> parts, Settled[] answers, List<String> keys, List<String> head) {
            if (!places.isEmpty()) {
                parts.add(send(Script.COMPLETE, keys, head)
                        .invoke(refused -> {
                            places.forEach(place -> answers[place] = SUCCEEDED);
                            refused.forEach(answer -> place(answer.toInteger(), answers));
                        })
                        .replaceWithVoid());
            }
        }

        private void place(int answer, Settled[] answers) {
            if (answer < 0) {
                answers[places.get(-1 - answer)] = SUCCEEDED_BEFORE;
            } else {
                answers[places.get(answer)] = new Settled.Refused();
            }
        }

        private Uni<Response> send(Script script, List<String> keys, List<String> head) {
            List<String> all = new ArrayList<>(head.size() + args.size());
            all.addAll(head);
            all.addAll(args);
            return calls.run(script, keys, all);
        }

        private void place(Response states, Settled[] answers) {
            for (int i = 0; i < places.size(); i++) {
                String state = states.get(i).toString();
                boolean earlier = state.startsWith(EARLIER);
                answers[places.get(i)] = state.isEmpty()
                        ? new Settled.Refused()
                        : new Settled.Applied(
                                JobState.ofWireName("state", earlier ? state.substring(EARLIER.length()) : state),
                                earlier);
            }
        }
    }
}
