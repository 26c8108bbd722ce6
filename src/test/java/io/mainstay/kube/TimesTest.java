package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The manifests' seconds against the service's own, as its defaults and the overlay's configuration make them. Change
 * either and the other is asked for.
 */
@ParameterizedClass
@NeedsKustomize
@MethodSource("io.mainstay.kube.Manifests#ofEveryOverlay")
class TimesTest {

    /** What Drain and the pool add to the grace period: the last reports, and slack. See docs/configuration.md. */
    private static final Duration REPORTS_AND_SLACK = Duration.ofSeconds(6);

    /** For the process to end, on a crowded node. */
    private static final Duration EXIT = Duration.ofSeconds(5);

    private final Manifests manifests;

    TimesTest(Manifests manifests) {
        this.manifests = manifests;
    }

    @Test
    void graceIsLongerThanAllThatIsDoneInIt() {
        forEachPod((plan, settings) -> {
            Duration drain = settings.duration("mainstay.worker.grace-period").plus(REPORTS_AND_SLACK);
            Duration serving = settings.duration("quarkus.shutdown.delay");
            assertThat(serving).as("requests are served beside the drain").isLessThan(drain);

            assertThat(plan.grace())
                    .as("termination grace period")
                    .isGreaterThanOrEqualTo(plan.preStop().plus(drain).plus(EXIT));
        });
    }

    /** A pod that is not alive is not waited for longer than its jobs are: others take them when its leases end. */
    @Test
    void aPodThatIsNotAliveGetsNoMoreThanALease() {
        forEachPod((plan, settings) -> assertThat(plan.livenessGrace())
                .isGreaterThan(plan.preStop())
                .isLessThanOrEqualTo(settings.duration("mainstay.lease.duration")));
    }

    @Test
    void loadBalancersHearOfItBeforeRequestsAreRefused() {
        forEachPod((plan, settings) -> assertThat(plan.preStop().plus(settings.duration("quarkus.shutdown.delay")))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void aProbeWaitsLongerThanTheCheckBehindIt() {
        forEachPod((plan, settings) -> {
            Duration check = settings.duration("mainstay.health.store-timeout");
            assertThat(plan.startup().timeout()).isGreaterThan(check);
            assertThat(plan.readiness().timeout()).isGreaterThan(check);
            assertThat(plan.liveness().timeout()).isGreaterThan(check);
        });
    }

    /** An outage that calls bridge is not one that takes every pod out of the load balancer at once. */
    @Test
    void readinessOutlastsWhatCallsOutlast() {
        forEachPod((plan, settings) -> {
            Duration check = settings.duration("mainstay.health.store-timeout");
            Duration tillNotReady = min(plan.readiness().period(), check)
                    .multipliedBy(plan.readiness().failureThreshold());
            assertThat(tillNotReady).isGreaterThan(settings.duration("mainstay.redis.call-timeout"));
            assertThat(plan.readiness().slowest()).as("and yet found").isLessThanOrEqualTo(Duration.ofSeconds(10));
        });
    }

    /** The service itself waits and heals; the platform adds less than that, and does not go by one late answer. */
    @Test
    void livenessAddsLittleToTheStallLimitAndIsNotHasty() {
        forEachPod((plan, settings) -> {
            Duration stall = settings.duration("mainstay.health.stall-after");
            assertThat(plan.liveness().failureThreshold()).isGreaterThanOrEqualTo(2);
            assertThat(plan.liveness().slowest()).isLessThan(stall);
            assertThat(plan.liveness()
                            .period()
                            .multipliedBy(plan.liveness().failureThreshold() - 1L)
                            .plus(plan.liveness().timeout()))
                    .as("least time without an answer that restarts")
                    .isGreaterThan(
                            settings.duration("mainstay.redis.call-timeout").multipliedBy(2));
        });
    }

    /** A frozen pod is out of the load balancer before it is restarted, not after. */
    @Test
    void readinessIsQuickerThanLiveness() {
        forEachPod((plan, settings) -> assertThat(plan.readiness().slowest())
                .isLessThan(plan.liveness().slowest()));
    }

    /** "Started" waits for one look at Redis, whatever comes of it. A slow start is no reason to restart. */
    @Test
    void startingMayTakeManyTimesWhatItTakes() {
        forEachPod((plan, settings) -> {
            Duration budget =
                    plan.startup().period().multipliedBy(plan.startup().failureThreshold());
            Duration look = settings.duration("mainstay.redis.call-timeout")
                    .plus(settings.duration("mainstay.health.store-timeout"));
            assertThat(budget).isGreaterThan(look.multipliedBy(10));
            assertThat(plan.startup().period()).as("and is noticed at once").isEqualTo(Duration.ofSeconds(1));
        });
    }

    private void forEachPod(Check check) {
        for (Workload service : manifests.services()) {
            PodPlan plan = PodPlan.of(manifests, service);
            check.check(plan, new AppSettings(plan.environment()));
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private interface Check {
        void check(PodPlan plan, AppSettings settings);
    }
}
