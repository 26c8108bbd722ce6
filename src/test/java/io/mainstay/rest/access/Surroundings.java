package io.mainstay.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A queue with a job, a flow and a schedule, for operations to be tried on.
 *
 * @param name of all of them
 * @param token of a lease of such a job, which is lost
 */
record Surroundings(ApiCalls anybody, String name, String token) {

    private static final String JOB = "{\"handler\": \"api-test\", \"id\": \"%s\"}";

    /** No queue has its name. */
    private static final String HOOK =
            "{\"events\": [\"dead\"], \"queues\": [\"none\"], \"url\": \"http://localhost/hook\"}";

    /** Its handler has no jobs here. */
    private static final String LEASE = "{\"worker\": \"walker\", \"queues\": [\"%s\"], \"handlers\": [\"elsewhere\"]}";

    /** Makes what is not there. */
    void make() {
        made("POST", "/v1/queues/" + name + "/jobs", JOB.formatted(name));
        made("POST", "/v1/flows", flow());
        made("PUT", "/v1/schedules/" + name, schedule());
        made("PUT", "/v1/handlers/" + name, declaration());
        made("PUT", "/v1/hooks/" + name, HOOK);
    }

    private String flow() {
        return "{\"id\": \"%1$s\", \"jobs\": {\"one\": {\"queue\": \"%1$s\", \"handler\": \"api-test\"}}}"
                .formatted(name);
    }

    private String declaration() {
        return "{\"queue\": \"%s\"}".formatted(name);
    }

    private String schedule() {
        return "{\"cron\": \"@yearly\", \"queue\": \"%s\", \"job\": {\"handler\": \"api-test\"}}".formatted(name);
    }

    /** The path of an operation on what is here. */
    String path(DeclaredOperation operation) {
        String state =
                switch (operation.id()) {
                    case "cancelJobs" -> "?state=ready";
                    case "deleteJobs", "searchJobs" -> "?state=dead";
                    default -> "";
                };
        return operation.path().replace("{token}", token).replaceAll("\\{[a-z]+}", name) + state;
    }

    /** A body for an operation that has one; null for others. */
    String body(DeclaredOperation operation) {
        return switch (operation.id()) {
            case "enqueue" -> JOB.formatted(name);
            case "enqueueBulk" -> "[" + JOB.formatted(name) + "]";
            case "enqueueJob" -> "{\"handler\": \"%s\"}".formatted(name);
            case "limitQueue", "changeLimits", "putQueuePolicy" -> "{}";
            case "changeJob" -> "{\"delay\": \"PT1H\"}";
            case "createFlow" -> flow();
            case "report" -> "{\"reports\": [{\"token\": \"%s\", \"outcome\": \"success\"}]}".formatted(token);
            case "extend" -> "{\"leases\": [{\"token\": \"%s\"}]}".formatted(token);
            case "lease" -> LEASE.formatted(name);
            case "snoozeLease" -> "{\"delay\": \"PT1S\"}";
            case "putSchedule" -> schedule();
            case "putHandler" -> declaration();
            case "putHook" -> HOOK;
            default -> null;
        };
    }

    private void made(String method, String path, String body) {
        assertThat(anybody.call(method, path, body).status()).as(path).isIn(200, 201);
    }
}
