package io.mainstay.security;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Who may call the API. */
@ConfigMapping(prefix = "mainstay.security")
public interface SecurityConfig {

    /** Whether requests to the API need a key or a token. With {@code false} everybody may do everything. */
    @WithDefault("true")
    boolean enabled();

    /** File with keys, read again when it changes. Not set: no keys but those made through the API. */
    Optional<String> keysFile();

    /** Most keys made through the API, 0 to 10000; more are refused (409). Every instance holds all of them in memory. */
    @WithDefault("1000")
    int maxKeys();

    /**
     * Requests of a caller that an instance takes a second, 0 to 1000000; those beyond are refused (429). A second's worth may come
     * at once. 0: no limit.
     */
    @WithDefault("0")
    int requestsPerSecond();

    /** Requests of a caller that wait at an instance at the same time, 0 to 100000; those beyond are refused (429). 0: no limit. */
    @WithDefault("500")
    int openWaits();

    /** Event streams of a caller at an instance at the same time, 0 to 10000; those beyond are refused (429). 0: no limit. */
    @WithDefault("20")
    int eventStreams();

    /**
     * Bulk enqueues of a caller that an instance reads at the same time, 0 to 100; those beyond are refused (429). Fewer than
     * {@code mainstay.bulk.max-requests} leave room for others. 0: no limit.
     */
    @WithDefault("3")
    int bulkRequests();

    Oidc oidc();

    /** What tokens of an identity provider say. The provider itself is set by {@code quarkus.oidc}. */
    interface Oidc {

        /** The claim with the roles: its name, or names on the way to it with slashes between, such as {@code realm_access/roles}. */
        @WithDefault("roles")
        String rolesClaim();

        /** What roles for Mainstay begin with there; others are not looked at. Empty: nothing. */
        @WithDefault("mainstay-")
        Optional<String> rolesPrefix();

        /** The claim with the queues: an array, or words; names, or beginnings of names with {@code *}. */
        @WithDefault("mainstay_queues")
        String queuesClaim();

        /** Queues of those whose token has no such claim. */
        Optional<List<String>> defaultQueues();

        /** The claim that says, by {@code true}, that payloads may be seen. */
        @WithDefault("mainstay_payload")
        String payloadClaim();
    }

    /** Refuses values out of bounds. */
    static void check(SecurityConfig config) {
        Bounds.between("mainstay.security.max-keys", config.maxKeys(), 0, 10_000);
        Bounds.between("mainstay.security.requests-per-second", config.requestsPerSecond(), 0, 1_000_000);
        Bounds.between("mainstay.security.open-waits", config.openWaits(), 0, 100_000);
        Bounds.between("mainstay.security.event-streams", config.eventStreams(), 0, 10_000);
        Bounds.between("mainstay.security.bulk-requests", config.bulkRequests(), 0, 100);
    }
}
