package io.mainstay.jobtype;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobIds;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Asks for the right to try one job of each handler that is held and has some, and gives back what was not used. Thread-safe. */
@Singleton
class Probing {

    private final Holds holds;
    private final HandlerStore store;
    private final JobIds tokens;
    private final Duration every;

    Probing(Holds holds, HandlerStore store, JobIds tokens, HoldConfig config) {
        this.holds = holds;
        this.store = store;
        this.tokens = tokens;
        this.every = config.probeInterval();
    }

    /** @return whether some may be tried now */
    Uni<Boolean> look() {
        List<Uni<Boolean>> asked = holds.probes().entrySet().stream()
                .map(each -> look(each.getKey(), each.getValue()))
                .toList();
        return asked.isEmpty()
                ? Uni.createFrom().item(false)
                : Uni.join().all(asked).andFailFast().map(given -> given.contains(true));
    }

    private Uni<Boolean> look(HandlerName handler, Probe probe) {
        long now = holds.now();
        Uni<Void> back = probe.unused(now)
                .map(token -> store.giveBack(handler, token))
                .orElse(Uni.createFrom().voidItem());
        if (!probe.wanted(now)) {
            return back.replaceWith(false);
        }
        String token = tokens.nextToken();
        return back.chain(() -> store.probe(handler, token, every))
                .invoke(wait -> probe.answered(token, wait, holds.now()))
                .map(Duration::isZero);
    }
}
