package io.mainstay.rest.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.handler.HandlerCatalog;
import io.mainstay.handler.KnownHandlers;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.handlers.HandlerDeclarations;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandlerCheckTest {

    private static final HandlerName OWN = new HandlerName("own");
    private static final HandlerName REMOTE = new HandlerName("remote");
    private static final HandlerName NEW = new HandlerName("new");
    private static final HandlerName MISSPELT = new HandlerName("remotee");

    private final Elsewhere elsewhere = new Elsewhere();
    private final HandlerCheck refusing = check(UnknownHandlers.REFUSE);

    @Test
    void handlersThatAreKnownCostNoCall() {
        await(refusing.lookUp(Arrays.asList(OWN, REMOTE, null)));

        assertThat(elsewhere.asked).isEmpty();
        assertThatCode(() -> refusing.check(OWN)).doesNotThrowAnyException();
        assertThatCode(() -> refusing.check(REMOTE)).doesNotThrowAnyException();
    }

    @Test
    void newOneIsLookedUpOnce() {
        await(refusing.lookUp(List.of(NEW, NEW)));

        assertThat(elsewhere.asked).containsExactly(NEW);
        assertThatCode(() -> refusing.check(NEW)).doesNotThrowAnyException();
    }

    @Test
    void unknownOneIsRefusedWithWhatToDo() {
        await(refusing.lookUp(List.of(MISSPELT)));

        assertThatThrownBy(() -> refusing.check(MISSPELT))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("handler"))
                .hasMessageContaining("start a worker")
                .hasMessageContaining("PUT /v1/handlers/remotee")
                .hasMessageContaining("mainstay.handlers.unknown=accept")
                .hasMessageContaining("own, remote");
        assertThatThrownBy(() -> refusing.check(null)).hasMessageContaining("is missing");
    }

    @Test
    void itIsNotTakenForUnknownWhileThatCannotBeTold() {
        elsewhere.away = true;

        assertThatThrownBy(() -> await(refusing.lookUp(List.of(NEW)))).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void anyIsAcceptedWhereThatIsConfigured() {
        HandlerCheck accepting = check(UnknownHandlers.ACCEPT);
        await(accepting.lookUp(List.of(MISSPELT)));

        assertThat(elsewhere.asked).isEmpty();
        assertThatCode(() -> accepting.check(MISSPELT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> accepting.check(null)).isInstanceOf(InvalidValueException.class);
    }

    private HandlerCheck check(UnknownHandlers unknown) {
        HandlerCatalog own = new HandlerCatalog() {
            @Override
            public boolean knows(HandlerName name) {
                return name.equals(OWN);
            }

            @Override
            public Set<HandlerName> names() {
                return Set.of(OWN);
            }
        };
        return new HandlerCheck(own, List.of(elsewhere), HandlerDeclarations.NONE, () -> unknown);
    }

    private static void await(Uni<Void> asked) {
        asked.await().atMost(Duration.ofSeconds(10));
    }

    /** Knows one, and learns of another one when it looks. */
    private static final class Elsewhere implements KnownHandlers {

        private final Set<HandlerName> known = new HashSet<>(Set.of(REMOTE));
        private final List<HandlerName> asked = new ArrayList<>();
        private boolean away;

        @Override
        public boolean knows(HandlerName name) {
            return known.contains(name);
        }

        @Override
        public Set<HandlerName> names() {
            return known;
        }

        @Override
        public Uni<Boolean> lookUp(HandlerName name) {
            if (away) {
                return Uni.createFrom().failure(new StoreUnavailableException("away", null));
            }
            asked.add(name);
            return Uni.createFrom().item(name.equals(NEW) && known.add(name));
        }
    }
}
