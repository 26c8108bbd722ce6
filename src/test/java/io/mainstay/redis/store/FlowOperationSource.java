package io.mainstay.redis.store;

import io.mainstay.flow.FlowNode;
import io.mainstay.flow.FlowPlan;
import io.mainstay.flow.FlowReport;
import io.mainstay.flow.FlowStep;
import io.mainstay.flow.FlowStore;
import io.mainstay.flow.OnParentDead;
import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.job.StartTime;
import io.mainstay.queue.JobDraft;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes up operations about flows, in the way of {@link OperationSource}: few flows, few jobs, any news in any order. */
final class FlowOperationSource {

    static final int JOBS = 4;
    private static final List<FlowId> FLOWS =
            Stream.of("x", "y-1").map(FlowId::new).toList();
    /** Most often nothing has happened. */
    private static final List<JobState> STATES = Stream.concat(
                    Stream.of(JobState.values()),
                    Stream.of(JobState.BLOCKED, JobState.BLOCKED, JobState.SUCCEEDED, JobState.DEAD))
            .toList();

    private static final int NEW_FLOWS_EVERY = 40;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Random random;
    private int made;
    private int asked;

    FlowOperationSource(Random random) {
        this.random = random;
    }

    Operation next() {
        return switch (random.nextInt(18)) {
            case 0, 12 -> new FlowOperation.FlowCreate(plan(), limits());
            case 1, 2, 3, 13 -> new FlowOperation.FlowTell(flow(), several(this::news), limits());
            case 4, 14, 15 -> new FlowOperation.FlowDue(any(List.of(OperationSource.MOMENT, HOUR)));
            case 5 -> new FlowOperation.FlowFind(flow());
            case 17 -> new Operation.Explain(queue(), member().job());
            case 6, 16 -> new FlowOperation.FlowParents(new FlowMember(flow(), random.nextInt(JOBS)));
            case 7, 8 -> place();
            case 9 -> new FlowOperation.FlowNews(queue());
            case 10 -> new FlowOperation.FlowNewsOf(queue(), member());
            default -> new FlowOperation.FlowTold(queue(), oneTurn());
        };
    }

    FlowMember member() {
        return new FlowMember(any(FLOWS), random.nextInt(JOBS));
    }

    /** The same for a while, then another: those that are over and kept would be all there is before long. */
    private FlowId flow() {
        return new FlowId("f-" + asked++ / NEW_FLOWS_EVERY);
    }

    private FlowPlan plan() {
        int size = 1 + random.nextInt(JOBS);
        return new FlowPlan(
                flow(), IntStream.range(0, size).mapToObj(this::node).toList());
    }

    /** After some of those before it, so in no circle. */
    private FlowNode node(int index) {
        List<Integer> after = IntStream.range(0, index)
                .filter(i -> random.nextBoolean())
                .boxed()
                .toList();
        var job = JobDraft.job(queue(), "any").build();
        return new FlowNode("n" + index, job.queue(), job.spec(), start(), after, any(List.of(OnParentDead.values())));
    }

    private Operation place() {
        QueueName queue = queue();
        return new FlowOperation.FlowPlace(
                queue,
                several(() -> new FlowStep(
                        member(),
                        queue,
                        any(List.of(FlowStep.Wish.values())),
                        start(),
                        JobDraft.job(queue, "any").build().spec())));
    }

    private FlowReport news() {
        JobState state = any(STATES);
        Optional<Json> result = state == JobState.SUCCEEDED && random.nextBoolean()
                ? Optional.of(new Json("\"" + "x".repeat(random.nextInt(3)) + ++made + "\""))
                : Optional.empty();
        return new FlowReport(member(), state, random.nextInt(4), result);
    }

    private <T> List<T> several(Supplier<T> one) {
        return Stream.generate(one).limit(1 + random.nextInt(3)).toList();
    }

    /** Whatever is owed of one turn, of every job there may be. */
    private List<FlowReport> oneTurn() {
        int turn = 1 + random.nextInt(3);
        return FLOWS.stream()
                .flatMap(flow -> IntStream.range(0, JOBS).mapToObj(i -> new FlowMember(flow, i)))
                .map(member -> new FlowReport(member, JobState.DEAD, turn, Optional.empty()))
                .toList();
    }

    private StartTime start() {
        return any(List.of(StartTime.NOW, StartTime.NOW, new StartTime.After(OperationSource.MOMENT)));
    }

    private FlowStore.Limits limits() {
        return new FlowStore.Limits(time(), time(), time(), 3);
    }

    private Duration time() {
        return any(List.of(OperationSource.MOMENT, HOUR));
    }

    private QueueName queue() {
        return any(OperationSource.QUEUES);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
