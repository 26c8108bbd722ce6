package io.mainstay.failover.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The faults of a run, and what they excuse. */
record Strikes(List<Strike> all) {

    /** How long a message may take: a request to an instance that ends meanwhile, an answer that was read before a loss. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(1);

    /** How many instances were killed while a job was in the works. */
    long killed(Story story) {
        return of(Strike.Killed.class)
                .filter(strike -> during(story, strike.at()))
                .count();
    }

    /** How often a running attempt of a job may have been given back, or Redis may have forgotten that it was begun. */
    long undone(Story story) {
        return of(Strike.Ended.class)
                        .filter(strike -> !strike.gone().isBefore(story.begin())
                                && !strike.at().isAfter(story.end()))
                        .count()
                + of(Strike.Lost.class)
                        .filter(strike -> during(story, strike.at()))
                        .count()
                + changedOwner(story);
    }

    /** How often its other store may have taken over: a claim that was on its way to the owner then counts, and nobody has its job. */
    long changedOwner(Story story) {
        return of(Strike.OneOfTwo.class)
                .filter(strike -> !strike.until().isBefore(story.begin())
                        && !strike.from().isAfter(story.end()))
                .count();
    }

    /** Whether a cancel was answered while the store may have been away whose workers had the job. */
    boolean mayHaveCancelledACopy(Story story) {
        return story.calls().stream()
                .filter(call ->
                        call.kind() == Call.Kind.CANCEL && call.answer().state().equals("cancelled"))
                .anyMatch(call -> of(Strike.OneAway.class)
                        .anyMatch(away -> !call.until().isBefore(away.from())
                                && !call.sent().isAfter(away.until())));
    }

    /** Whether an acknowledged job may be gone. */
    boolean mayHaveForgotten(Call acknowledged) {
        return of(Strike.Lost.class)
                        .filter(Strike.Lost::replicated)
                        .anyMatch(lost -> !acknowledged.sent().isAfter(lost.at())
                                && !acknowledged.until().isBefore(lost.from()))
                || of(Strike.OneOfTwo.class)
                        .filter(lost -> !lost.store().isEmpty()
                                && lost.store().equals(acknowledged.answer().store()))
                        .anyMatch(lost -> !acknowledged.sent().isAfter(lost.until())
                                && !acknowledged.until().isBefore(lost.from()));
    }

    /** Whether what was done at one time, and told to Redis then, may have been forgotten at another. */
    boolean mayHaveForgotten(Instant seen, Instant later) {
        return of(Strike.Lost.class)
                        .anyMatch(lost -> !seen.plus(ON_THE_WAY).isBefore(lost.from())
                                && !seen.isAfter(lost.at().plus(ON_THE_WAY))
                                && !later.isBefore(lost.at()))
                || of(Strike.OneOfTwo.class)
                        .anyMatch(lost -> !seen.plus(ON_THE_WAY).isBefore(lost.from())
                                && !seen.isAfter(lost.until().plus(ON_THE_WAY))
                                && !later.isBefore(lost.from()));
    }

    /** Whether what was done at one time could not be told to Redis before the lease was over. */
    boolean mayHaveHeldUp(Instant done) {
        return of(Strike.Throttled.class)
                .anyMatch(slow -> !done.plus(ON_THE_WAY).isBefore(slow.from())
                        && !done.plus(slow.lease()).minus(ON_THE_WAY).isAfter(slow.until()));
    }

    /** Whether the instance had no way to answer. */
    boolean excuse(Call call) {
        return of(Strike.Killed.class)
                        .anyMatch(killed -> killed.instance().equals(call.instance())
                                && !killed.at().isAfter(call.until()))
                || of(Strike.Ended.class)
                        .anyMatch(ended -> ended.instance().equals(call.instance())
                                && call.sent().isAfter(ended.at().minus(ON_THE_WAY)));
    }

    private static boolean during(Story story, Instant time) {
        return !time.isBefore(story.begin()) && !time.isAfter(story.end());
    }

    private <S extends Strike> Stream<S> of(Class<S> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast);
    }
}
