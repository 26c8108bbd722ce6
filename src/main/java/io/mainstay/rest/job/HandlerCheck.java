package io.mainstay.rest.job;

import io.mainstay.handler.HandlerCatalog;
import io.mainstay.handler.KnownHandlers;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.queue.handlers.HandlerDeclarations;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether jobs may name a handler: one of this instance, or one that is declared or known otherwise. Thread-safe. */
@Singleton
class HandlerCheck {

    private static final int NAMES_SHOWN = 20;
    private static final Uni<Void> NOTHING_TO_ASK = Uni.createFrom().voidItem();

    private final HandlerCatalog own;
    private final List<KnownHandlers> others;
    private final HandlerDeclarations declared;
    private final boolean acceptsAny;

    HandlerCheck(
            HandlerCatalog own, @All List<KnownHandlers> others, HandlerDeclarations declared, HandlersConfig config) {
        this.own = own;
        this.others = List.copyOf(others);
        this.declared = declared;
        this.acceptsAny = config.unknown() == UnknownHandlers.ACCEPT;
    }

    /**
     * Looks up what is not known here, which costs a call to the store; nothing where all are known. Fails if it cannot be told whether they
     * are.
     */
    Uni<Void> lookUp(HandlerName name) {
        return name == null || accepts(name) ? NOTHING_TO_ASK : lookUp(List.of(name));
    }

    /** The same for several. */
    Uni<Void> lookUp(Collection<HandlerName> names) {
        List<Uni<Boolean>> asked = names.stream()
                .filter(name -> name != null && !accepts(name))
                .distinct()
                .map(this::askOthers)
                .toList();
        if (asked.isEmpty()) {
            return NOTHING_TO_ASK;
        }
        Uni<Void> answered = Uni.join().all(asked).andFailFast().replaceWithVoid();
        Context caller = Vertx.currentContext();
        // The store answers on its own event loops.
        return caller == null ? answered : answered.emitOn(task -> caller.runOnContext(ignored -> task.run()));
    }

    private Uni<Boolean> askOthers(HandlerName name) {
        Uni<Boolean> found = Uni.createFrom().item(false);
        for (KnownHandlers each : others) {
            found = found.flatMap(known -> known ? Uni.createFrom().item(true) : each.lookUp(name));
        }
        return found;
    }

    /** @throws InvalidValueException if it is not known, with what can be done about it */
    void check(HandlerName name) {
        if (name == null) {
            throw new InvalidValueException("handler", null, "one of " + known());
        }
        if (!accepts(name)) {
            throw new InvalidValueException(
                    "handler",
                    name,
                    "known: start a worker that has it, declare it with PUT /v1/handlers/" + name
                            + ", or accept any with mainstay.handlers.unknown=accept; known are " + known());
        }
    }

    private boolean accepts(HandlerName name) {
        return acceptsAny
                || own.knows(name)
                || declared.declares(name)
                || others.stream().anyMatch(each -> each.knows(name));
    }

    private String known() {
        Set<String> names = new TreeSet<>();
        own.names().forEach(name -> names.add(name.value()));
        others.forEach(each -> each.names().forEach(name -> names.add(name.value())));
        String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        return names.size() <= NAMES_SHOWN ? shown : shown + " and " + (names.size() - NAMES_SHOWN) + " more";
    }
}
