package io.mainstay.queue.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettingRoundsTest {

    private final Vertx vertx = Vertx.vertx();
    private final Map<Setting, String> stored = new EnumMap<>(Setting.class);
    private final Copy policies = new Copy(Setting.POLICIES);
    private final Copy workers = new Copy(Setting.DRAINS, Setting.KNOWN_HANDLERS);
    private boolean away;
    private final SettingRounds rounds = new SettingRounds(
            vertx,
            () -> away
                    ? Uni.createFrom().failure(new StoreUnavailableException("away", null))
                    : Uni.createFrom().item(Map.copyOf(stored)),
            List.of(policies, workers));

    SettingRoundsTest() {
        for (Setting setting : Setting.values()) {
            stored.put(setting, SettingVersions.NEVER_CHANGED);
        }
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Notes how often it is to read, which ends when it has. */
    private static final class Copy implements SettingCopy {
        private final Map<Setting, String> versions = new EnumMap<>(Setting.class);
        private int asked;

        private Copy(Setting... settings) {
            for (Setting setting : settings) {
                versions.put(setting, SettingVersions.NEVER_CHANGED);
            }
        }

        @Override
        public Map<Setting, String> versions() {
            return versions;
        }

        @Override
        public void readAgain() {
            asked++;
        }
    }

    private void round() {
        rounds.round().await().indefinitely();
    }

    @Test
    void nothingIsReadWhereNothingHasChanged() {
        round();
        round();

        assertThat(policies.asked).isZero();
        assertThat(workers.asked).isZero();
    }

    @Test
    void whatHasChangedIsReadUntilTheCopyIsOfThatVersion() {
        stored.put(Setting.KNOWN_HANDLERS, "v1");

        round();
        round();
        assertThat(workers.asked).isEqualTo(2);
        assertThat(policies.asked).isZero();

        workers.versions.put(Setting.KNOWN_HANDLERS, "v1");
        round();
        assertThat(workers.asked).isEqualTo(2);
    }

    @Test
    void whatTheStoreHasLostIsReadAgain() {
        policies.versions.put(Setting.POLICIES, "v1");

        round();

        assertThat(policies.asked).isEqualTo(1);
    }

    @Test
    void everythingIsReadAgainWhileTheStoreDoesNotAnswer() {
        away = true;

        assertThatThrownBy(this::round).isInstanceOf(StoreUnavailableException.class);

        assertThat(policies.asked).isEqualTo(1);
        assertThat(workers.asked).isEqualTo(1);
    }
}
