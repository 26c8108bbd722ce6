package io.mainstay.lease.claim;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The requests that are not answered yet, by who is to be told, and by their keys. Loop only. */
final class OpenRequests {

    private final Map<Consumer<Outcome>, Waiter> byAnswer = new IdentityHashMap<>();
    private final Map<String, Waiter> byClaimant = new HashMap<>();

    void add(Waiter waiter) {
        byAnswer.put(waiter.answer(), waiter);
        if (waiter.ask.repeatable()) {
            byClaimant.put(waiter.ask.name().claimant(), waiter);
        }
    }

    void remove(Waiter waiter) {
        byAnswer.remove(waiter.answer());
        if (waiter.ask.repeatable()) {
            byClaimant.remove(waiter.ask.name().claimant(), waiter);
        }
    }

    /** Null if it was answered, or another one has taken over. */
    Waiter toldTo(Consumer<Outcome> answer) {
        return byAnswer.get(answer);
    }

    /** The one with the same key; null if there is none. */
    Waiter sameKey(Ask ask) {
        return ask.repeatable() ? byClaimant.get(ask.name().claimant()) : null;
    }

    /** @return who was to be told so far */
    Consumer<Outcome> takeOver(Waiter waiter, Consumer<Outcome> answer) {
        Consumer<Outcome> before = waiter.takenOverBy(answer);
        byAnswer.remove(before);
        byAnswer.put(answer, waiter);
        return before;
    }
}
