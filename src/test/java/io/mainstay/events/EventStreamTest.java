package io.mainstay.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import io.mainstay.security.QueuePatterns;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A stream and a client that takes as much as the test says. */
class EventStreamTest {

    private static final int BUFFER = 3;
    private static final EventFilter ALL = new EventFilter(Set.of(), Set.of(), QueuePatterns.ALL);

    private final AtomicInteger runs = new AtomicInteger();
    private final TestClient client = new TestClient();
    private EventStream stream = open(ALL);

    @Test
    void aClientThatTakesAllGetsAllInOrder() {
        client.open();
        offer(1, 2, 3, 4, 5);

        assertThat(client.got()).containsExactly(change(1), change(2), change(3), change(4), change(5));
    }

    @Test
    void aSlowClientIsToldWhereAndHowManyAreMissing() {
        offer(1, 2, 3, 4, 5);
        assertThat(client.got()).isEmpty();
        client.open();
        offer(6, 7);

        assertThat(client.got())
                .containsExactly(change(1), change(2), change(3), text(new Event.Lagged(2)), change(6), change(7));
    }

    @Test
    void noMoreThanTheBufferWaits() {
        long dropped = 0;
        for (int i = 0; i < 10_000; i++) {
            dropped += stream.offer(new Message(event(i)));
        }
        client.open();

        assertThat(dropped).isEqualTo(10_000 - BUFFER);
        assertThat(client.got())
                .containsExactly(change(0), change(1), change(2), text(new Event.Lagged(10_000 - BUFFER)));
    }

    @Test
    void aClientThatTakesNothingIsTriedOnceForAllThatCame() {
        for (int i = 0; i < 10_000; i++) {
            stream.offer(new Message(event(i)));
        }

        assertThat(runs).hasValue(1);
        assertThat(client.asked).isEqualTo(1);
    }

    @Test
    void whatWaitsGoesOutInOneWrite() {
        offer(1, 2, 3);
        client.open();

        assertThat(client.got()).hasSize(3);
        assertThat(client.writes).isEqualTo(1);
    }

    @Test
    void theTextOfAnEventIsMadeOnceForAllStreams() {
        Message message = new Message(event(1));

        assertThat(message.text()).isSameAs(message.text());
    }

    @Test
    void whatTheSenderDroppedCountsToo() {
        offer(1, 2, 3, 4);
        stream.offer(new Message(new Event.Lagged(5)));
        stream.offer(new Message(new Event.Lagged(7)));
        client.open();

        assertThat(client.got()).containsExactly(change(1), change(2), change(3), text(new Event.Lagged(13)));
    }

    @Test
    void onlyWhatMatchesComes() {
        stream = open(new EventFilter(Set.of(new QueueName("mail")), Set.of(JobState.DEAD), QueuePatterns.ALL));
        client.open();
        StateChange wanted = state("mail", JobState.DEAD);
        for (StateChange each : List.of(state("other", JobState.DEAD), state("mail", JobState.READY), wanted)) {
            stream.offer(new Message(new Event.Changed(each)));
        }

        assertThat(client.got()).containsExactly(text(new Event.Changed(wanted)));
    }

    @Test
    void aStreamWithNothingToTellSaysThatItIsAlive() {
        client.open();
        stream.tick();
        stream.tick();

        assertThat(client.got()).containsExactly(text(new Event.Heartbeat()), text(new Event.Heartbeat()));
        assertThat(client.disconnected).isZero();
    }

    @Test
    void aClientThatTakesNothingForFourHeartbeatsIsDisconnected() {
        offer(1, 2);
        tick(3);
        client.open();
        client.close();
        offer(3);
        tick(3);
        assertThat(client.disconnected).isZero();
        tick(1);

        assertThat(client.disconnected).isEqualTo(1);
    }

    @Test
    void theEndIsTheLastEvent() {
        client.open();
        offer(1);
        stream.end().join();
        offer(2);
        stream.tick();

        assertThat(client.ended).isEqualTo(1);
        assertThat(client.got()).containsExactly(change(1), text(new Event.End()));
    }

    private void offer(int... numbers) {
        for (int number : numbers) {
            stream.offer(new Message(event(number)));
        }
    }

    private void tick(int times) {
        for (int i = 0; i < times; i++) {
            stream.tick();
        }
    }

    private EventStream open(EventFilter filter) {
        return new EventStream(filter, BUFFER, client, task -> {
            runs.incrementAndGet();
            task.run();
        });
    }

    private static String change(int number) {
        return text(event(number));
    }

    private static String text(Event event) {
        return EventText.of(event);
    }

    private static Event event(int number) {
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

    /** Takes nothing until it is opened. */
    private final class TestClient implements EventStream.Client {

        private final StringBuilder text = new StringBuilder();
        private boolean full = true;
        private int asked;
        private int writes;
        private int ended;
        private int disconnected;

        void open() {
            full = false;
            stream.taken();
        }

        void close() {
            full = true;
        }

        List<String> got() {
            return text.isEmpty() ? List.of() : List.of(text.toString().split("(?<=\n\n)"));
        }

        @Override
        public boolean full() {
            asked++;
            return full;
        }

        @Override
        public void write(Buffer more) {
            writes++;
            text.append(more);
        }

        @Override
        public void end() {
            ended++;
        }

        @Override
        public void disconnect() {
            disconnected++;
        }
    }
}
