package io.mainstay.redis.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Durability;
import io.mainstay.redis.check.Objection.Weight;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {

    private static final ServerFacts GOOD = facts("7.2.4", "noeviction", true, "everysec", "", 1);

    private final SettingsCheck check = new SettingsCheck(false, Durability.MEMORY, 1);

    @Test
    void goodSettingsMeetNoObjection() {
        for (Durability durability : Durability.values()) {
            assertThat(new SettingsCheck(false, durability, 1).examine(GOOD)).isEmpty();
        }
    }

    @Test
    void whoTellsNothingIsWarnedOf() {
        ServerFacts silent = ServerFacts.read(Optional.empty(), Optional.empty(), Optional.empty());

        for (Durability durability : Durability.values()) {
            assertThat(new SettingsCheck(false, durability, 1).examine(silent))
                    .extracting(Objection::weight)
                    .containsExactly(Weight.WARNING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl"})
    void evictionOfWhatExpiresIsWarnedOf(String policy) {
        assertThat(check.examine(facts("6.0.14", policy, true, "everysec", "", 1)))
                .singleElement()
                .satisfies(objection -> {
                    assertThat(objection.weight()).isEqualTo(Weight.WARNING);
                    assertThat(objection.text()).contains(policy, "keys that expire", "jobs and unique keys stay");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "allkeys-random", "allkeys-lfu"})
    void evictionKeepsFromStartingUnlessAllowed(String policy) {
        ServerFacts evicting = facts("7.2.4", policy, true, "everysec", "", 1);

        assertThat(check.examine(evicting)).singleElement().satisfies(objection -> {
            assertThat(objection.weight()).isEqualTo(Weight.NO_START);
            assertThat(objection.text()).contains(policy, "noeviction", "mainstay.redis.allow-eviction=true");
        });
        assertThat(new SettingsCheck(true, Durability.MEMORY, 1).examine(evicting))
                .extracting(Objection::weight)
                .containsExactly(Weight.WARNING);
    }

    @ParameterizedTest
    @CsvSource({
        "5.0.14, true",
        "5.9.0, true",
        "6.0.14, false",
        "6.0.16, false",
        "6.2.0, false",
        "7.0.15, false",
        "10.0, false",
        "8, false"
    })
    void versionsBefore60StopEverybody(String version, boolean stopped) {
        assertThat(check.examine(facts(version, "noeviction", true, "everysec", "", 1)))
                .extracting(Objection::weight)
                .containsExactlyElementsOf(stopped ? List.of(Weight.STOP) : List.of());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "unknown",
            value = {
                "false, unknown, '', neither",
                "false, unknown, '3600 1', snapshots only",
                "false, unknown, unknown, no append-only file",
                "false, no, '', neither",
                "true, no, '', appendfsync is no",
            })
    void whatMayBeForgottenIsWarnedOf(boolean appendOnly, String fsync, String save, String told) {
        assertThat(check.examine(facts("7.2.4", "noeviction", appendOnly, fsync, save, 1)))
                .singleElement()
                .satisfies(objection -> {
                    assertThat(objection.weight()).isEqualTo(Weight.WARNING);
                    assertThat(objection.text()).contains(told);
                });
    }

    @Test
    void tooFewReplicasAreWarnedOfWhereJobsWantThem() {
        SettingsCheck replica = new SettingsCheck(false, Durability.REPLICA, 2);

        assertThat(replica.examine(GOOD)).extracting(Objection::weight).containsExactly(Weight.WARNING);
        assertThat(replica.examine(facts("7.2.4", "noeviction", true, "everysec", "", 2)))
                .isEmpty();
    }

    @Test
    void diskThatCannotBeWaitedForKeepsFromStartingWhereJobsWantIt() {
        SettingsCheck fsync = new SettingsCheck(false, Durability.FSYNC, 1);

        assertThat(fsync.examine(facts("7.0.15", "noeviction", true, "everysec", "", 0)))
                .singleElement()
                .satisfies(objection -> {
                    assertThat(objection.weight()).isEqualTo(Weight.NO_START);
                    assertThat(objection.text()).contains("7.0.15", "7.2");
                });
        assertThat(fsync.examine(facts("7.2.4", "noeviction", false, "everysec", "", 0)))
                .extracting(Objection::weight)
                .containsExactlyInAnyOrder(Weight.NO_START, Weight.WARNING);
    }

    private static ServerFacts facts(
            String version, String policy, boolean appendOnly, String fsync, String save, int replicas) {
        return new ServerFacts(
                Optional.of(version),
                Optional.of(policy),
                Optional.of(appendOnly),
                Optional.ofNullable(fsync),
                Optional.ofNullable(save),
                Optional.of(replicas));
    }
}
