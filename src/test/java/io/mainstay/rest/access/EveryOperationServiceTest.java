package io.mainstay.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.lease.LeaseToken;
import io.mainstay.lease.LeaseTokens;
import io.mainstay.lease.SomeToken;
import io.mainstay.rest.ApiProfile;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Calls every operation in every role, on a queue of the caller's and on one of others, and compares the
 * answer with the table on the page about security.
 */
@QuarkusTest
@TestProfile(ApiProfile.class)
class EveryOperationServiceTest {

    /** What an operation answers to a caller that may call it, here at least. */
    private static final Set<Integer> LET_THROUGH = Set.of(200, 201, 202, 204, 409);

    /** What tokens in the body are about is looked at one by one, and answered so. */
    private static final Set<String> ONE_BY_ONE = Set.of("report", "extend");

    @Inject
    LeaseTokens tokens;

    /** The queues have none: one that spreads a queue would take its time. */
    private static final String POLICY = "getQueuePolicy";

    @TestHTTPResource("/")
    URI service;

    @Test
    void isAnsweredAsThePageSays() throws IOException {
        ApiCalls anybody = new ApiCalls(service, null);
        Surroundings own = surroundings(anybody, "walk-own");
        Surroundings foreign = surroundings(anybody, "walk-foreign");
        own.make();
        foreign.make();
        List<String> wrong = new ArrayList<>();
        for (DeclaredOperation operation : DeclaredOperation.documented()) {
            for (Role role : Role.values()) {
                ApiCalls caller = new ApiCalls(service, role.label() + " walk-own");
                own.make();
                check(operation, role, true, call(caller, operation, own), wrong);
                check(operation, role, false, call(caller, operation, foreign), wrong);
                ApiCalls everywhere = new ApiCalls(service, role.label() + " *");
                if (operation.scope() == Scope.ALL
                        && operation.allows(role) == (call(everywhere, operation, own) == 403)) {
                    wrong.add(operation.id() + " by " + role.label() + " on all queues");
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(anybody.get("/v1/queues/walk-foreign").text())
                .contains("\"paused\":false")
                .contains("\"ready\":2");
        assertThat(anybody.get("/v1/schedules/walk-foreign").text()).contains("\"paused\":false");
    }

    private Surroundings surroundings(ApiCalls anybody, String name) {
        LeaseToken lease = SomeToken.of(name, name, null);
        return new Surroundings(anybody, name, tokens.text(lease).await().atMost(Duration.ofSeconds(30)));
    }

    private static int call(ApiCalls caller, DeclaredOperation operation, Surroundings about) {
        return caller.call(operation.method(), about.path(operation), about.body(operation))
                .status();
    }

    private static void check(DeclaredOperation operation, Role role, boolean own, int status, List<String> wrong) {
        boolean right = status == 403;
        if (operation.allows(role) && !operation.payload()) {
            right = switch (operation.scope()) {
                case QUEUE, BODY ->
                    own || ONE_BY_ONE.contains(operation.id())
                            ? LET_THROUGH.contains(status)
                                    || status == 404 && operation.id().equals(POLICY)
                            : status == 403;
                case STORED -> own ? LET_THROUGH.contains(status) : status == notThere(operation);
                case FILTERED -> status == 200;
                case ALL -> status == 403;
                case NONE -> LET_THROUGH.contains(status);
            };
        }
        if (!right) {
            wrong.add("%s by %s on %s: %d".formatted(operation.id(), role.label(), own ? "own" : "foreign", status));
        }
    }

    /** To delete what is not there is no error. */
    private static int notThere(DeclaredOperation operation) {
        return operation.id().equals("deleteSchedule") ? 204 : 404;
    }
}
