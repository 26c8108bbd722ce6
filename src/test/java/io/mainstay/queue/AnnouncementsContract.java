package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who says that it runs which jobs. */
interface AnnouncementsContract extends ContractSteps {

    QueueName OTHER = new QueueName("orders-2");
    HandlerName MAIL = new HandlerName("mail");
    HandlerName MAILS = new HandlerName("mail.s");

    @Test
    default void nobodySaysAnythingAtFirst() {
        assertThat(availability(QUEUE, MAIL)).isEqualTo(Availability.NO_QUEUE);
    }

    @Test
    default void instanceThatServesAllQueuesServesEach() {
        announce(LONG, Set.of(), MAIL, MAILS);

        assertThat(availability(QUEUE, MAIL)).isEqualTo(Availability.AVAILABLE);
        assertThat(availability(OTHER, MAILS)).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    default void handlersOfThoseWhoServeAQueueAreTold() {
        assertThat(answer(store().announcements().served(QUEUE))).hasValue(Set.of());
        announce(LONG, Set.of(), MAIL);
        announce(LONG, Set.of(OTHER), MAILS);
        announce(LONG, Set.of());

        assertThat(answer(store().announcements().served(QUEUE))).hasValue(Set.of(MAIL));
        assertThat(answer(store().announcements().served(OTHER))).hasValue(Set.of(MAIL, MAILS));
    }

    @Test
    default void namesCountAsAWhole() {
        announce(LONG, Set.of(OTHER), MAILS);

        assertThat(availability(QUEUE, MAIL)).isEqualTo(Availability.NO_QUEUE);
        assertThat(availability(new QueueName("orders-"), MAILS)).isEqualTo(Availability.NO_QUEUE);
        assertThat(availability(OTHER, MAIL)).isEqualTo(Availability.NO_HANDLER);
        assertThat(availability(OTHER, new HandlerName("mail-s"))).isEqualTo(Availability.NO_HANDLER);
    }

    @Test
    default void oneInstanceHasToServeBoth() {
        announce(LONG, Set.of(QUEUE), MAIL);
        announce(LONG, Set.of(OTHER), MAILS);

        assertThat(availability(QUEUE, MAILS)).isEqualTo(Availability.NO_HANDLER);
        announce(LONG, Set.of(OTHER, QUEUE), MAILS);
        assertThat(availability(QUEUE, MAILS)).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    default void instanceWithoutHandlersHasNone() {
        announce(LONG, Set.of());

        assertThat(availability(QUEUE, MAIL)).isEqualTo(Availability.NO_HANDLER);
    }

    @Test
    default void whoeverIsNotHeardOfIsForgotten() {
        announce(SHORT, Set.of(QUEUE), MAIL);
        letPass(SHORT.plusMillis(1));
        assertThat(availability(QUEUE, MAIL)).isEqualTo(Availability.NO_QUEUE);

        announce(LONG, Set.of(OTHER), MAIL);
        announce(SHORT, Set.of(QUEUE), MAILS);
        letPass(SHORT.plusMillis(1));
        announce(LONG, Set.of(OTHER), MAIL);
        assertThat(availability(QUEUE, MAILS)).isEqualTo(Availability.NO_QUEUE);
        assertThat(availability(OTHER, MAIL)).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    default void saidAgainItHoldsLonger() {
        announce(SHORT, Set.of(QUEUE), MAIL);
        announce(LONG, Set.of(QUEUE), MAIL);
        letPass(SHORT.plusMillis(1));

        assertThat(availability(QUEUE, MAIL)).isEqualTo(Availability.AVAILABLE);
    }

    private void announce(Duration validFor, Set<QueueName> queues, HandlerName... handlers) {
        answer(store().announcements().announce(new Serving(queues, Set.of(handlers)), validFor));
    }

    private Availability availability(QueueName queue, HandlerName handler) {
        return answer(store().announcements().availability(queue, handler));
    }
}
