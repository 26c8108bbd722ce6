package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who says that it runs which jobs. */
interface RosterContract extends ContractSteps {

    QueueName OTHER = new QueueName("orders-2");
    HandlerName MAIL = new HandlerName("mail");
    HandlerName MAILS = new HandlerName("mail.s");

    @Test
    default void nobodySaysAnythingAtFirst() {
        assertThat(staffing(QUEUE, MAIL)).isEqualTo(Staffing.NO_QUEUE);
    }

    @Test
    default void instanceThatServesAllQueuesServesEach() {
        announce(LONG, Set.of(), MAIL, MAILS);

        assertThat(staffing(QUEUE, MAIL)).isEqualTo(Staffing.SERVED);
        assertThat(staffing(OTHER, MAILS)).isEqualTo(Staffing.SERVED);
    }

    @Test
    default void namesCountAsAWhole() {
        announce(LONG, Set.of(OTHER), MAILS);

        assertThat(staffing(QUEUE, MAIL)).isEqualTo(Staffing.NO_QUEUE);
        assertThat(staffing(new QueueName("orders-"), MAILS)).isEqualTo(Staffing.NO_QUEUE);
        assertThat(staffing(OTHER, MAIL)).isEqualTo(Staffing.NO_HANDLER);
        assertThat(staffing(OTHER, new HandlerName("mail-s"))).isEqualTo(Staffing.NO_HANDLER);
    }

    @Test
    default void oneInstanceHasToServeBoth() {
        announce(LONG, Set.of(QUEUE), MAIL);
        announce(LONG, Set.of(OTHER), MAILS);

        assertThat(staffing(QUEUE, MAILS)).isEqualTo(Staffing.NO_HANDLER);
        announce(LONG, Set.of(OTHER, QUEUE), MAILS);
        assertThat(staffing(QUEUE, MAILS)).isEqualTo(Staffing.SERVED);
    }

    @Test
    default void instanceWithoutHandlersHasNone() {
        announce(LONG, Set.of());

        assertThat(staffing(QUEUE, MAIL)).isEqualTo(Staffing.NO_HANDLER);
    }

    @Test
    default void whoeverIsNotHeardOfIsForgotten() {
        announce(SHORT, Set.of(QUEUE), MAIL);
        letPass(SHORT.plusMillis(1));
        assertThat(staffing(QUEUE, MAIL)).isEqualTo(Staffing.NO_QUEUE);

        announce(LONG, Set.of(OTHER), MAIL);
        announce(SHORT, Set.of(QUEUE), MAILS);
        letPass(SHORT.plusMillis(1));
        announce(LONG, Set.of(OTHER), MAIL);
        assertThat(staffing(QUEUE, MAILS)).isEqualTo(Staffing.NO_QUEUE);
        assertThat(staffing(OTHER, MAIL)).isEqualTo(Staffing.SERVED);
    }

    @Test
    default void saidAgainItHoldsLonger() {
        announce(SHORT, Set.of(QUEUE), MAIL);
        announce(LONG, Set.of(QUEUE), MAIL);
        letPass(SHORT.plusMillis(1));

        assertThat(staffing(QUEUE, MAIL)).isEqualTo(Staffing.SERVED);
    }

    private void announce(Duration validFor, Set<QueueName> queues, HandlerName... handlers) {
        answer(store().roster().announce(new Serving(queues, Set.of(handlers)), validFor));
    }

    private Staffing staffing(QueueName queue, HandlerName handler) {
        return answer(store().roster().staffing(queue, handler));
    }
}
