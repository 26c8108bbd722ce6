package io.mainstay.health.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkKind;
import io.mainstay.health.LinkState;
import io.mainstay.health.SubscriptionState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.health.HealthReport;
import io.mainstay.queue.health.InstanceHealth;
import io.mainstay.queue.health.NoticedBy;
import io.mainstay.queue.health.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecoveryLogTest {

    private static final QueueName QUEUE = new QueueName("mail");
    private static final Duration AT_ONCE = Duration.ZERO;

    private long nanos = 1_000_000;
    private final RecoveryLog log = new RecoveryLog(() -> nanos);
    private final ConnectionObserver store = log.ofFirst();

    @BeforeEach
    void connect() {
        log.claimsIf(() -> true);
        for (LinkKind kind : List.of(LinkKind.WRITES, LinkKind.CLAIMS)) {
            store.linkOpened(kind);
            store.linkChanged(kind, LinkState.CONNECTING, LinkState.VERIFIED);
        }
        store.subscriptionChanged(SubscriptionState.LIVE);
    }

    @Test
    void nothingIsNotedWhileNothingHappens() {
        long version = log.version();

        store.wakeUpProven(AT_ONCE);
        log.claimed(QUEUE, 3);
        store.linkOpened(LinkKind.READS);
        store.linkChanged(LinkKind.READS, LinkState.CONNECTING, LinkState.VERIFIED);
        store.linkChanged(LinkKind.READS, LinkState.VERIFIED, LinkState.SUSPECT);

        assertThat(log.latest()).isEmpty();
        assertThat(log.version()).isEqualTo(version);
        assertThat(log.connections("first").links()).isEqualTo(new InstanceHealth.Links(2, 1, 0));
    }

    @Test
    void stepsAreTimedFromTheNotice() {
        lose(LinkKind.WRITES, NoticedBy.LINK_LOST);
        lose(LinkKind.CLAIMS, NoticedBy.PROBE);
        store.subscriptionChanged(SubscriptionState.SUSPECT);
        pass(300);
        back(LinkKind.WRITES);
        pass(200);
        back(LinkKind.CLAIMS);
        pass(100);
        store.subscriptionChanged(SubscriptionState.LIVE);
        store.wakeUpProven(Duration.ofMillis(5));
        pass(50);
        log.claimed(QUEUE, 0);
        pass(50);
        log.claimed(QUEUE, 1);
        pass(1000);
        log.claimed(QUEUE, 1);

        assertThat(log.latest())
                .containsExactly(new Recovery(
                        "first",
                        NoticedBy.LINK_LOST,
                        Duration.ofMillis(1700),
                        2,
                        new Recovery.Restored(ms(500), ms(600), ms(700))));
    }

    @Test
    void wakeUpFromBeforeProvesNothing() {
        lose(LinkKind.WRITES, NoticedBy.LINK_LOST);
        pass(10);
        store.wakeUpProven(Duration.ofMillis(20));

        assertThat(only().restored().wakeUps()).isEmpty();
        store.wakeUpProven(Duration.ofMillis(10));
        assertThat(only().restored().wakeUps()).isEqualTo(ms(10));
    }

    @Test
    void anotherLossOnTheWayBelongsToIt() {
        lose(LinkKind.WRITES, NoticedBy.PROBE);
        pass(100);
        back(LinkKind.WRITES);
        log.claimed(QUEUE, 1);
        lose(LinkKind.WRITES, NoticedBy.ROLE_CHANGE);
        assertThat(only().restored()).isEqualTo(new Recovery.Restored(ms(), ms(), ms()));
        pass(100);
        recover();

        assertThat(only().noticedBy()).isEqualTo(NoticedBy.PROBE);
        assertThat(only().linksLost()).isEqualTo(2);
        assertThat(only().restored()).isEqualTo(new Recovery.Restored(ms(200), ms(200), ms(200)));
        lose(LinkKind.WRITES, NoticedBy.LINK_LOST);
        assertThat(log.latest()).as("the first one is over").hasSize(2);
    }

    @Test
    void lateCanaryIsNotedThoughCommandsFlow() {
        store.subscriptionChanged(SubscriptionState.SUSPECT);
        pass(400);
        store.subscriptionChanged(SubscriptionState.DOWN);
        pass(100);
        store.wakeUpProven(AT_ONCE);
        log.claimed(QUEUE, 1);

        assertThat(only().noticedBy()).isEqualTo(NoticedBy.CANARY);
        assertThat(only().restored()).isEqualTo(new Recovery.Restored(ms(0), ms(500), ms(500)));
    }

    @Test
    void commandsDoNotFlowWhileWritesAreRefused() {
        store.writesRefused();
        store.linkOpened(LinkKind.READS);
        back(LinkKind.READS);
        pass(70);
        assertThat(only().restored().commands()).isEmpty();
        store.writesTaken();

        assertThat(only().noticedBy()).isEqualTo(NoticedBy.REFUSED_WRITES);
        assertThat(only().restored().commands()).isEqualTo(ms(70));
    }

    @Test
    void withoutWorkersARecoveryEndsWithoutAClaim() {
        log.claimsIf(() -> false);
        lose(LinkKind.WRITES, NoticedBy.LINK_LOST);
        back(LinkKind.WRITES);
        store.wakeUpProven(AT_ONCE);

        lose(LinkKind.WRITES, NoticedBy.LINK_LOST);
        assertThat(log.latest()).hasSize(2);
    }

    /** A link to a node that is gone is not waited for. */
    @Test
    void closedLinkIsNotMissed() {
        lose(LinkKind.CLAIMS, NoticedBy.LINK_LOST);
        pass(5);
        store.linkClosed(LinkKind.CLAIMS, LinkState.CONNECTING);

        assertThat(only().restored().commands()).isEqualTo(ms(5));
    }

    @Test
    void storesAreToldApart() {
        ConnectionObserver second = store.ofStore("second");
        second.linkOpened(LinkKind.WRITES);
        second.linkLost(LinkKind.WRITES, NoticedBy.LINK_LOST);
        log.claimed(QUEUE, 1);

        assertThat(only().store()).isEqualTo("second");
        assertThat(only().restored().claim()).isEmpty();
        assertThat(log.connections("first").links().verified()).isEqualTo(2);
    }

    @Test
    void latestAreKept() {
        for (int i = 0; i < HealthReport.MOST + 3; i++) {
            lose(LinkKind.WRITES, NoticedBy.LINK_LOST);
            pass(i);
            recover();
        }

        assertThat(log.latest()).hasSize(HealthReport.MOST);
        assertThat(log.latest().get(0).restored().claim()).isEqualTo(ms(3));
    }

    @Test
    void lateWakeUpsDoNotPushOutWhatWasWorse() {
        lose(LinkKind.WRITES, NoticedBy.LINK_LOST);
        recover();
        for (int i = 0; i < 2 * HealthReport.MOST; i++) {
            store.subscriptionChanged(SubscriptionState.SUSPECT);
            store.subscriptionChanged(SubscriptionState.LIVE);
            recover();
        }

        assertThat(log.latest()).hasSizeLessThanOrEqualTo(HealthReport.MOST);
        assertThat(log.latest().get(0).noticedBy()).isEqualTo(NoticedBy.LINK_LOST);
    }

    private Recovery only() {
        assertThat(log.latest()).hasSize(1);
        return log.latest().get(0);
    }

    private void lose(LinkKind kind, NoticedBy by) {
        store.linkLost(kind, by);
        store.linkChanged(kind, LinkState.VERIFIED, LinkState.DEAD);
        store.linkChanged(kind, LinkState.DEAD, LinkState.CONNECTING);
    }

    private void back(LinkKind kind) {
        store.linkChanged(kind, LinkState.CONNECTING, LinkState.VERIFIED);
    }

    private void recover() {
        back(LinkKind.WRITES);
        store.wakeUpProven(AT_ONCE);
        log.claimed(QUEUE, 1);
    }

    private void pass(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static Optional<Duration> ms(long millis) {
        return Optional.of(Duration.ofMillis(millis));
    }

    private static Optional<Duration> ms() {
        return Optional.empty();
    }
}
