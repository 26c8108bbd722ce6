package io.mainstay.jobtype;

import io.mainstay.job.HandlerName;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what is declared of handlers, and which are held. Every call may be repeated, and time is the store's own. */
public interface HandlerStore {

    /** A version that there never is. */
    String NO_VERSION = "-";

    /** Most declarations, and most handlers that are held. */
    int MOST = 1_000;

    /** Most bytes of all declarations. */
    long MOST_BYTES = 8L << 20;

    /** What became of a declaration. */
    enum Put {
        CREATED,
        CHANGED,
        /** It was there as it is. */
        UNCHANGED,
        TOO_MANY,
        TOO_LARGE
    }

    /**
     * What there is.
     *
     * @param version of all: another one after each change
     * @param revisions of the declarations, by handler: another one after each change; with {@code held} empty if the version is known
     */
    record Overview(Instant now, String version, Map<HandlerName, String> revisions, Map<HandlerName, Hold> held) {

        public Overview {
            revisions = Map.copyOf(revisions);
            held = Map.copyOf(held);
        }
    }

    /**
     * What an instance has seen of a handler's attempts.
     *
     * @param counted how many failures of it have been counted for certain
     * @param failed how many there were, those among them
     * @param succeeded when the latest success ended that was not told; empty if there was none
     * @param started when the latest of these attempts began
     */
    record Outcomes(
            HandlerName handler, long counted, long failed, Optional<Instant> succeeded, Optional<Instant> started) {}

    /**
     * What all instances have seen.
     *
     * @param failed attempts since the latest success, within the window
     * @param quiet how long it cannot be held yet, as an attempt succeeded within the window
     * @param held if it is, from now on or since before
     */
    record Counted(int failed, Duration quiet, Optional<Hold> held) {}

    /**
     * Declares a handler. One that has no policy any more is held no longer, unless by hand.
     *
     * @param text of the declaration
     * @param change a token that no other change has
     */
    Uni<Put> put(HandlerName handler, String text, Optional<HoldPolicy> hold, String change);

    /** Completes when nothing is declared of it; it is held no longer, unless by hand. */
    Uni<Void> remove(HandlerName handler, String change);

    /** @param known the version that the caller has */
    Uni<Overview> overview(String known);

    /** Most declarations that are asked for together. */
    int AT_ONCE = 100;

    /**
     * Declarations, as many as fit one answer.
     *
     * @param looked how many of those asked for were looked at, at least one
     * @param texts of these, but for those that are gone
     */
    record Texts(int looked, Map<HandlerName, String> texts) {}

    /** @param handlers 1 to {@link #AT_ONCE} */
    Uni<Texts> texts(List<HandlerName> handlers);

    /**
     * Holds a handler by hand, until it is resumed.
     *
     * @return false if as many are held as may be
     */
    Uni<Boolean> hold(HandlerName handler, String change);

    /** Holds it no longer, and begins to count again. */
    Uni<Void> resume(HandlerName handler, String change);

    /**
     * Adds what an instance has seen, of handlers that have a policy; holds and resumes them as it says. One that is held is resumed by
     * the success of an attempt that began since.
     *
     * @param instance whose counts they are
     * @return in the same order
     */
    Uni<List<Counted>> count(String instance, String change, List<Outcomes> outcomes);

    /**
     * Asks for the right to try one job of a handler that is held, which nobody else gets within {@code every}.
     *
     * @param token of who asks, another one each time
     * @return how long to wait before there is use in asking again; zero: it was given
     */
    Uni<Duration> probe(HandlerName handler, String token, Duration every);

    /** That right was not used. */
    Uni<Void> giveBack(HandlerName handler, String token);
}
