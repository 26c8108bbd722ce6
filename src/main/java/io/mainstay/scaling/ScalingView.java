package io.mainstay.scaling;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** {@link Demand} as shown. */
public record ScalingView(
        long desiredReplicas,
        long workersNeeded,
        int concurrency,
        int drained,
        String startDelay,
        List<QueueNeed> queues) {

    /** One queue that wants workers. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record QueueNeed(
            String queue,
            boolean paused,
            long waiting,
            long running,
            double endedPerSecond,
            Double meanRunSeconds,
            double workersNeeded) {

        private static QueueNeed of(QueueDemand demand) {
            return new QueueNeed(
                    demand.load().queue().logical().value(),
                    demand.load().paused(),
                    demand.load().waiting(),
                    demand.load().running(),
                    rounded(demand.load().endedPerSecond()),
                    demand.meanRun().map(run -> run.toMillis() / THOUSAND).orElse(null),
                    rounded(demand.workers()));
        }
    }

    /** The hungriest; the sums are of all. */
    private static final int MOST_QUEUES = 100;

    private static final double THOUSAND = 1000;

    static ScalingView of(Demand demand) {
        return new ScalingView(
                demand.replicas(),
                demand.workers(),
                demand.concurrency(),
                demand.drained(),
                demand.startDelay().toString(),
                demand.queues().stream().limit(MOST_QUEUES).map(QueueNeed::of).toList());
    }

    private static double rounded(double value) {
        return Math.round(value * THOUSAND) / THOUSAND;
    }
}
