package io.mainstay.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A stream and a client that takes as much as the test says. */
class EventStreamTest {

    private static final int BUFFER = 3;
    private static final EventFilter ALL = new EventFilter(Set.of(), Set.of());

    private Client client = new Client();
    private final AtomicInteger disconnected = new AtomicInteger();
    private EventStream stream = open(ALL);

    @Test
    void aClientThatTakesAllGetsAllInOrder() {
        client.take(100);
        offer(1, 2, 3, 4, 5);

        assertThat(client.got).containsExactly(change(1), change(2), change(3), change(4), change(5));
    }

    @Test
    void aSlowClientIsToldWhereAndHowManyAreMissing() {
        offer(1, 2, 3, 4, 5);
        assertThat(client.got).isEmpty();
        client.take(2);
        // Room again, but what comes now belongs behind the gap.
        offer(6);
        client.take(2);
        offer(7, 8);
        client.take(2);

        assertThat(client.got)
                .containsExactly(change(1), change(2), change(3), new Event.Lagged(3), change(7), change(8));
    }

    @Test
    void noMoreThanTheBufferWaits() {
        long dropped = 0;
        for (int i = 0; i < 10_000; i++) {
            dropped += stream.offer(change(i));
        }
        client.take(Long.MAX_VALUE);

        assertThat(dropped).isEqualTo(10_000 - BUFFER);
        assertThat(client.got).containsExactly(change(0), change(1), change(2), new Event.Lagged(10_000 - BUFFER));
    }

    @Test
    void whatTheSenderDroppedCountsToo() {
        client.take(1);
        offer(1, 2, 3, 4);
        stream.offer(new Event.Lagged(5));
        stream.offer(new Event.Lagged(7));
        client.take(100);

        assertThat(client.got).containsExactly(change(1), change(2), change(3), change(4), new Event.Lagged(12));
    }

    @Test
    void onlyWhatMatchesComes() {
        client = new Client();
        stream = open(new EventFilter(Set.of(new QueueName("mail")), Set.of(JobState.DEAD)));
        client.take(100);
        StateChange wanted = state("mail", JobState.DEAD);
        for (StateChange each : List.of(state("other", JobState.DEAD), state("mail", JobState.READY), wanted)) {
            stream.offer(new Event.Changed(each));
        }

        assertThat(client.got).containsExactly(new Event.Changed(wanted));
    }

    @Test
    void aStreamWithNothingToTellSaysThatItIsAlive() {
        client.take(100);
        stream.tick();
        stream.tick();

        assertThat(client.got).containsExactly(new Event.Heartbeat(), new Event.Heartbeat());
        assertThat(disconnected).hasValue(0);
    }

    @Test
    void aClientThatTakesNothingForFourHeartbeatsIsDisconnected() {
        offer(1, 2);
        tick(3);
        client.take(1);
        tick(3);
        assertThat(disconnected).hasValue(0);
        tick(1);

        assertThat(disconnected).hasValue(1);
    }

    @Test
    void theEndIsAnEnd() {
        client.take(100);
        stream.end();
        offer(1);

        assertThat(client.completed).isTrue();
        assertThat(client.got).isEmpty();
    }

    private void offer(int... numbers) {
        for (int number : numbers) {
            stream.offer(change(number));
        }
    }

    private void tick(int times) {
        for (int i = 0; i < times; i++) {
            stream.tick();
        }
    }

    private EventStream open(EventFilter filter) {
        List<EventStream> opened = new ArrayList<>();
        Multi.createFrom()
                .<Event>emitter(
                        emitter -> opened.add(
                                new EventStream(filter, BUFFER, emitter, Runnable::run, disconnected::incrementAndGet)),
                        BackPressureStrategy.IGNORE)
                .subscribe()
                .withSubscriber(client);
        return opened.get(0);
    }

    private static Event change(int number) {
        return new Event.Changed(new StateChange(
                new QueueName("q"),
                new JobId("job-" + number),
                new HandlerName("echo"),
                JobState.READY,
                0,
                Instant.EPOCH));
    }

    private static StateChange state(String queue, JobState state) {
        return new StateChange(new QueueName(queue), new JobId("a"), new HandlerName("echo"), state, 1, Instant.EPOCH);
    }

    private static final class Client implements Flow.Subscriber<Event> {

        private final List<Event> got = new ArrayList<>();
        private Flow.Subscription subscription;
        private boolean completed;

        void take(long events) {
            subscription.request(events);
        }

        @Override
        public void onSubscribe(Flow.Subscription opened) {
            subscription = opened;
        }

        @Override
        public void onNext(Event event) {
            got.add(event);
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            completed = true;
        }
    }
}
