package io.mainstay.lease.claim;

import static io.mainstay.lease.claim.WaitersUnderTest.LEASE;
import static io.mainstay.lease.claim.WaitersUnderTest.MAIL;
import static io.mainstay.lease.claim.WaitersUnderTest.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.lease.claim.WaitersUnderTest.Request;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Workers elsewhere get no jobs of handlers that are held, but for one that is to be tried. */
class HeldLinesTest {

    private final WaitersUnderTest service = new WaitersUnderTest();

    @Test
    void jobsOfAHeldHandlerAreNotHandedOut() {
        service.holds.held = true;
        service.add(MAIL);

        Request now = service.ask(Duration.ZERO, MAIL);
        Request later = service.ask(WAIT, MAIL);
        service.hint(MAIL);

        assertThat(now.jobs()).isEmpty();
        assertThat(later.waits()).isTrue();
    }

    @Test
    void theyAreOnceItIsHeldNoLonger() {
        service.holds.held = true;
        JobId job = service.add(MAIL);
        Request request = service.ask(WAIT, MAIL);

        service.holds.held = false;
        service.waiters.hint(MAIL, WaitersUnderTest.handlers("resize"));
        service.loop.turn();

        assertThat(request.jobs()).containsExactly(job);
    }

    @Test
    void pollsThatFindJobsOfAHeldHandlerClaimNothing() {
        service.holds.held = true;
        service.add(MAIL);
        service.ask(WAIT, MAIL);
        int claims = service.store.claims.size();

        service.waiters.hint(MAIL, WaitersUnderTest.handlers("resize"));
        service.loop.turn();

        assertThat(service.store.claims).hasSize(claims);
    }

    @Test
    void oneJobIsTried() {
        service.holds.held = true;
        JobId job = service.add(MAIL);
        service.add(MAIL);
        Ask many = new Ask(
                "w", List.of(MAIL), Set.of(new HandlerName("resize"), new HandlerName("other")), 5, LEASE, null);
        Request request = service.ask(many, WAIT);

        service.holds.probe.set(true);
        service.waiters.hint(MAIL, WaitersUnderTest.handlers("resize"));
        service.loop.turn();

        assertThat(request.jobs()).containsExactly(job);
        assertThat(service.holds.probed).containsExactly(true);
    }

    @Test
    void whoGetsNoJobToTryIsAskedForOthersAllTheSame() {
        Request request = service.ask(WAIT, MAIL);
        service.holds.held = true;
        service.holds.probe.set(true);
        service.waiters.hint(MAIL, WaitersUnderTest.handlers("resize"));
        service.loop.turn();

        assertThat(service.holds.probed).containsExactly(false);
        assertThat(request.waits()).isTrue();
        assertThat(service.store
                        .claims
                        .get(service.store.claims.size() - 1)
                        .served()
                        .handlers())
                .isEmpty();
    }
}
