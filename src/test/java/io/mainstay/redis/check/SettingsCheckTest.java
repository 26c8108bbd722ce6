package io.mainstay.redis.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Durability;
import io.mainstay.redis.check.Finding.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {

    private static final ServerInfo GOOD = facts("7.2.4", "noeviction", true, "everysec", "", 1);

    private final SettingsCheck check = new SettingsCheck(false, Durability.MEMORY, 1);

    @Test
    void goodSettingsMeetNoObjection() {
        for (Durability durability : Durability.values()) {
            assertThat(new SettingsCheck(false, durability, 1).examine(GOOD)).isEmpty();
        }
    }

    @Test
    void whoTellsNothingIsWarnedOf() {
        ServerInfo silent = ServerInfo.read(Optional.empty(), Optional.empty(), Optional.empty());

        for (Durability durability : Durability.values()) {
            assertThat(new SettingsCheck(false, durability, 1).examine(silent))
                    .extracting(Finding::severity)
                    .containsExactly(Severity.WARNING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl"})
    void evictionOfWhatExpiresIsWarnedOf(String policy) {
        assertThat(check.examine(facts("6.0.14", policy, true, "everysec", "", 1)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.text()).contains(policy, "keys that expire", "jobs and unique keys stay");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "allkeys-random", "allkeys-lfu"})
    void evictionKeepsFromStartingUnlessAllowed(String policy) {
        ServerInfo evicting = facts("7.2.4", policy, true, "everysec", "", 1);

        assertThat(check.examine(evicting)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.NO_START);
            assertThat(finding.text()).contains(policy, "noeviction", "mainstay.redis.allow-eviction=true");
            assertThat(finding.objection().setting()).contains("maxmemory-policy");
            assertThat(finding.objection().refuses()).isTrue();
        });
        assertThat(new SettingsCheck(true, Durability.MEMORY, 1).examine(evicting))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
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
                .extracting(Finding::severity)
                .containsExactlyElementsOf(stopped ? List.of(Severity.STOP) : List.of());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "unknown",
            value = {
                "false, unknown, '', neither",
                "false, unknown, '3600 1', only snapshots",
                "false, unknown, unknown, no append-only file",
                "false, no, '', neither",
                "true, no, '', appendfsync is no",
            })
    void whatMayBeForgottenIsWarnedOf(boolean appendOnly, String fsync, String save, String told) {
        assertThat(check.examine(facts("7.2.4", "noeviction", appendOnly, fsync, save, 1)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.text()).contains(told);
                });
    }

    @Test
    void tooFewReplicasAreWarnedOfWhereJobsWantThem() {
        SettingsCheck replica = new SettingsCheck(false, Durability.REPLICA, 2);

        assertThat(replica.examine(GOOD)).extracting(Finding::severity).containsExactly(Severity.WARNING);
        assertThat(replica.examine(facts("7.2.4", "noeviction", true, "everysec", "", 2)))
                .isEmpty();
    }

    @Test
    void diskThatCannotBeWaitedForKeepsFromStartingWhereJobsWantIt() {
        SettingsCheck fsync = new SettingsCheck(false, Durability.FSYNC, 1);

        assertThat(fsync.examine(facts("7.0.15", "noeviction", true, "everysec", "", 0)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.NO_START);
                    assertThat(finding.text()).contains("7.0.15", "7.2");
                });
        assertThat(fsync.examine(facts("7.2.4", "noeviction", false, "everysec", "", 0)))
                .extracting(Finding::severity)
                .containsExactlyInAnyOrder(Severity.NO_START, Severity.WARNING);
    }

    private static ServerInfo facts(
            String version, String policy, boolean appendOnly, String fsync, String save, int replicas) {
        return new ServerInfo(
                Optional.of(version),
                Optional.of(policy),
                Optional.of(appendOnly),
                Optional.ofNullable(fsync),
                Optional.ofNullable(save),
                Optional.of(replicas),
                Optional.of("standalone"));
    }
}
