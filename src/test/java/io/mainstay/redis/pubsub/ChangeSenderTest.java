package io.mainstay.redis.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The sender with a channel that the test answers for. */
class ChangeSenderTest {

    private final List<ChangeText> published = new ArrayList<>();
    private final Queue<UniEmitter<? super String>> unanswered = new ArrayDeque<>();
    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final ChangeSender sender = new ChangeSender(loop::add, this::publish);

    @Test
    void theFirstGoesAloneAndThoseThatCameMeanwhileGoTogether() {
        add(0, 250);
        run();
        assertThat(published).hasSize(1);
        answer();
        answer();
        answer();

        assertThat(published).extracting(message -> message.changes().size()).containsExactly(100, 100, 50);
        assertThat(published.stream().flatMap(message -> message.changes().stream()))
                .containsExactlyElementsOf(changes(0, 250));
        assertThat(published).extracting(ChangeText::dropped).containsOnly(0L);
        assertThat(unanswered).isEmpty();
    }

    @Test
    void whatAFailedMessageCarriedIsCountedInTheNext() {
        add(0, 2);
        run();
        fail();
        assertThat(published).hasSize(1);
        add(2, 1);
        run();
        fail();
        add(3, 1);
        run();

        assertThat(published.get(2)).isEqualTo(new ChangeText(3, changes(3, 1)));
    }

    @Test
    void whatDoesNotFitIsDroppedAndCounted() {
        add(0, 1);
        run();
        add(1, ChangeSender.MOST_WAITING + 5);
        answer();

        assertThat(published.get(1).dropped()).isEqualTo(5);
        assertThat(published.get(1).changes()).isEqualTo(changes(1, ChangeSender.MOST_TOGETHER));
    }

    private Uni<?> publish(String text) {
        published.add(ChangeText.read(text));
        return Uni.createFrom().<String>emitter(unanswered::add);
    }

    private void answer() {
        unanswered.remove().complete("1");
        run();
    }

    private void fail() {
        unanswered.remove().fail(new IllegalStateException("not taken"));
        run();
    }

    private void run() {
        for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
            task.run();
        }
    }

    private void add(int first, int count) {
        changes(first, count).forEach(sender::add);
    }

    private static List<StateChange> changes(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> new StateChange(
                        new QueueName("q"),
                        new JobId("job-" + number),
                        new HandlerName("echo"),
                        JobState.SUCCEEDED,
                        2,
                        Instant.ofEpochMilli(number)))
                .toList();
    }
}
