package io.mainstay.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.mainstay.security.QueuePatterns;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is told of handlers that are held, and to whom. */
class HoldEventsTest {

    private static final HandlerName RESIZE = new HandlerName("resize");
    private static final QueueName IMAGES = new QueueName("images");
    private static final Instant SINCE = Instant.parse("2026-11-28T12:00:00Z");

    @Test
    void holdsAndTheirEndsAreTold() {
        assertThat(EventText.of(new Event.Held(RESIZE, IMAGES, new Hold(SINCE, 12))))
                .isEqualTo("event:held\ndata:{\"handler\":\"resize\",\"queue\":\"images\","
                        + "\"since\":\"2026-11-28T12:00:00.000Z\",\"reason\":\"failures\",\"failed\":12}\n\n");
        assertThat(EventText.of(new Event.Held(RESIZE, null, new Hold(SINCE, 0))))
                .isEqualTo("event:held\ndata:{\"handler\":\"resize\","
                        + "\"since\":\"2026-11-28T12:00:00.000Z\",\"reason\":\"by-hand\"}\n\n");
        assertThat(EventText.of(new Event.Held(RESIZE, null, null)))
                .isEqualTo("event:resumed\ndata:{\"handler\":\"resize\"}\n\n");
    }

    @Test
    void theyAreToldToWhoMaySeeTheQueueAndAsksForNoStates() {
        Event ofQueue = new Event.Held(RESIZE, IMAGES, null);
        Event ofNone = new Event.Held(RESIZE, null, null);
        QueuePatterns mail = new QueuePatterns(List.of("mail"));

        assertThat(filter(Set.of(), Set.of(), QueuePatterns.ALL).matches(ofQueue))
                .isTrue();
        assertThat(filter(Set.of(IMAGES), Set.of(), QueuePatterns.ALL).matches(ofQueue))
                .isTrue();
        assertThat(filter(Set.of(new QueueName("mail")), Set.of(), QueuePatterns.ALL)
                        .matches(ofQueue))
                .isFalse();
        assertThat(filter(Set.of(), Set.of(JobState.DEAD), QueuePatterns.ALL).matches(ofQueue))
                .isFalse();
        assertThat(filter(Set.of(), Set.of(), mail).matches(ofQueue)).isFalse();
        assertThat(filter(Set.of(), Set.of(), mail).matches(ofNone)).isTrue();
        assertThat(filter(Set.of(IMAGES), Set.of(), QueuePatterns.ALL).matches(ofNone))
                .isFalse();
    }

    @Test
    void aChangedQueueIsToldToWhoMaySeeItAndAsksForNoStates() {
        Event changed = new Event.QueueChanged(IMAGES);

        assertThat(EventText.of(changed)).isEqualTo("event:queue-changed\ndata:{\"queue\":\"images\"}\n\n");
        assertThat(filter(Set.of(), Set.of(), QueuePatterns.ALL).matches(changed))
                .isTrue();
        assertThat(filter(Set.of(IMAGES), Set.of(), QueuePatterns.ALL).matches(changed))
                .isTrue();
        assertThat(filter(Set.of(new QueueName("mail")), Set.of(), QueuePatterns.ALL)
                        .matches(changed))
                .isFalse();
        assertThat(filter(Set.of(), Set.of(JobState.DEAD), QueuePatterns.ALL).matches(changed))
                .isFalse();
        assertThat(filter(Set.of(), Set.of(), new QueuePatterns(List.of("mail")))
                        .matches(changed))
                .isFalse();
    }

    private static EventFilter filter(Set<QueueName> queues, Set<JobState> states, QueuePatterns allowed) {
        return new EventFilter(queues, states, allowed);
    }
}
