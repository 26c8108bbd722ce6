package io.mainstay.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.events.EventClient;
import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import io.mainstay.redis.store.KnownScripts;
import io.mainstay.redis.store.RedisKeys;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is packaged, jar or native binary, does all that the sources do: every operation, handler, script and probe is
 * used once. What each does in detail is the matter of other tests; here it is whether it is there.
 */
@QuarkusIntegrationTest
@WithTestResource(Surroundings.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PackagedServiceIT {

    private static final int FIRST = 1;
    private static final int LAST = Integer.MAX_VALUE;
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final CalledOperations CALLED = new CalledOperations();
    private static final String JOBS = "/v1/queues/packaged/jobs";

    @ParameterizedTest
    @Order(FIRST)
    @CsvSource({"started, mainstay-started", "ready, mainstay-store", "live, mainstay-workers"})
    void probesAreUp(String probe, String check) {
        Awaitility.await(probe).atMost(DEADLINE).untilAsserted(() -> management()
                .get("/q/health/" + probe)
                .then()
                .statusCode(200)
                .body("checks.name", hasItem(check)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "noop;\"handler\": \"noop\";succeeded",
                "echo;\"handler\": \"echo\", \"payload\": {\"é\": [1.50, null]};succeeded",
                "sleep;\"handler\": \"sleep\", \"payload\": {\"duration\": \"PT0.01S\"};succeeded",
                "fail;\"handler\": \"fail\", \"payload\": {\"message\": \"no\"}, \"maxAttempts\": 1;dead",
                "http;\"http\": {\"url\": \"TARGET\", \"method\": \"POST\", \"body\": 1};succeeded",
                "gone;\"http\": {\"url\": \"TARGET/..//x\", \"method\": \"POST\"}, \"maxAttempts\": 1;''",
            })
    void everyHandlerRuns(String id, String members, String state) {
        ValidatableResponse answer = run("{\"id\": \"handler-%s\", %s}"
                        .formatted(id, members.replace("TARGET", Surroundings.target)))
                .post(JOBS)
                .then();
        if (state.isEmpty()) {
            answer.statusCode(422).body("type", equalTo("urn:mainstay:problem:invalid-value"));
        } else {
            answer.statusCode(201).body("state", equalTo(state));
        }
    }

    @Test
    void pageIsServedWithAllThatItNames() {
        String page = api().get("/dashboard/").then().statusCode(200).extract().asString();
        List<String> names = Pattern.compile("(?:href|src)=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map(name -> name.group(1))
                .toList();

        assertThat(names)
                .contains("app.js", "style.css")
                .allSatisfy(name ->
                        api().get("/dashboard/" + name).then().statusCode(200).body(not(equalTo(""))));
    }

    @Test
    void jobIsReadListedExplainedCancelledAndRunAgain() {
        send("{\"id\": \"life\", \"handler\": \"echo\", \"delay\": \"PT1H\"}")
                .post(JOBS)
                .then()
                .statusCode(201);
        api().get(JOBS + "/life").then().statusCode(200).body("state", equalTo("scheduled"));
        api().get(JOBS + "?state=scheduled").then().statusCode(200).body("jobs.id", hasItem("life"));
        api().get(JOBS + "/life/explain")
                .then()
                .statusCode(200)
                .body("reason", equalTo("not-due"))
                .body("detail", not(containsString("No instance")));
        send("{\"priority\": 9, \"delay\": \"PT2H\"}")
                .patch(JOBS + "/life")
                .then()
                .statusCode(200)
                .body("priority", equalTo(9));
        api().delete(JOBS + "/life").then().statusCode(200).body("state", equalTo("cancelled"));
        api().post(JOBS + "/life/requeue").then().statusCode(200);
        api().header("Prefer", "wait=20").get(JOBS + "/life").then().body("state", equalTo("succeeded"));
        send("{\"id\": \"sooner\", \"handler\": \"echo\", \"delay\": \"PT1H\"}")
                .post(JOBS)
                .then()
                .statusCode(201);
        api().post(JOBS + "/sooner/run").then().statusCode(200);
        api().header("Prefer", "wait=20").get(JOBS + "/sooner").then().body("state", equalTo("succeeded"));
    }

    /** Whoever was handed the job has no key. */
    @Test
    void jobIsReportedOnByACallback() throws InterruptedException {
        send("{\"id\": \"handed\", \"http\": {\"url\": \"TARGET\", \"callback\": true}}"
                        .replace("TARGET", Surroundings.target))
                .post(JOBS)
                .then()
                .statusCode(201);
        String url = Surroundings.reportUrls.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        String path = URI.create(url).getPath();
        given().contentType(ContentType.JSON)
                .body("{\"result\": 7}")
                .post(path + "/success")
                .then()
                .statusCode(200)
                .body("state", equalTo("succeeded"));
        api().get(JOBS + "/handed").then().body("state", equalTo("succeeded")).body("result", equalTo(7));
        given().post(path + "x/success").then().statusCode(404);
    }

    @Test
    void jobTellsOfItself() {
        run("{\"id\": \"telling\", \"handler\": \"sleep\", \"payload\": {\"duration\": \"PT0.1S\", \"steps\": 2}}")
                .post(JOBS)
                .then()
                .statusCode(201)
                .body("state", equalTo("succeeded"));
        api().get(JOBS + "/telling/log")
                .then()
                .statusCode(200)
                .body("lines.text", contains("step 1 of 2", "step 2 of 2"));
        api().get(JOBS + "/telling/attempts").then().statusCode(200).body("attempts.outcome", contains("succeeded"));
        api().get(JOBS + "/telling").then().body("progress.percent", equalTo(100));
    }

    @Test
    void jobIsPutOffAndMeetsItsDeadline() {
        send("{\"id\": \"snoozing\", \"handler\": \"sleep\","
                        + " \"payload\": {\"duration\": \"PT0.01S\", \"snooze\": \"PT1H\"}}")
                .post(JOBS)
                .then()
                .statusCode(201);
        Awaitility.await("snoozed")
                .atMost(DEADLINE)
                .untilAsserted(() -> api().get(JOBS + "/snoozing").then().body("snoozes", equalTo(1)));
        api().get(JOBS + "/snoozing/explain").then().body("reason", equalTo("snoozed"));
        run("{\"handler\": \"sleep\", \"payload\": {\"duration\": \"PT1M\"}, \"within\": \"PT0.2S\"}")
                .post(JOBS)
                .then()
                .statusCode(201)
                .body("state", equalTo("dead"))
                .body("errors[0].type", equalTo("deadline"));
    }

    @Test
    void deadJobsAreRunAgain() {
        String jobs = "/v1/queues/packaged-dead/jobs";
        run("{\"handler\": \"fail\", \"maxAttempts\": 1}").post(jobs).then().body("state", equalTo("dead"));

        send("{\"handler\": \"fail\"}")
                .post(jobs + "/requeue")
                .then()
                .statusCode(200)
                .body("count", equalTo(1));
    }

    @Test
    void manyJobsAreCancelledAndDeleted() {
        String jobs = "/v1/queues/packaged-many/jobs";
        send("{\"handler\": \"noop\", \"delay\": \"PT1H\"}").post(jobs).then().statusCode(201);

        api().post(jobs + "/cancel?state=scheduled&handler=noop&dryRun=true")
                .then()
                .statusCode(200)
                .body("count", equalTo(1))
                .body("dryRun", equalTo(true));
        api().get("/v1/jobs?state=scheduled&queue=packaged-m*&handler=noop")
                .then()
                .statusCode(200)
                .body("jobs.queue", contains("packaged-many"));
        api().post(jobs + "/cancel?state=scheduled&handler=noop")
                .then()
                .statusCode(200)
                .body("count", equalTo(1));
        api().post(jobs + "/delete?state=cancelled").then().statusCode(200).body("count", equalTo(1));
    }

    @Test
    void deadJobsAreGroupedByErrorAndRequeuedAtARate() {
        String jobs = "/v1/queues/packaged-errors/jobs";
        for (int i = 0; i < 2; i++) {
            run("{\"handler\": \"fail\", \"payload\": {\"message\": \"order %d\"}, \"maxAttempts\": 1}".formatted(i))
                    .post(jobs)
                    .then()
                    .statusCode(201)
                    .body("state", equalTo("dead"));
        }

        String error = api().get("/v1/errors?queue=packaged-errors")
                .then()
                .statusCode(200)
                .body("errors.jobs", contains(2))
                .body("errors.message", contains("order <n>"))
                .extract()
                .path("errors[0].error");
        send("{}")
                .post(jobs + "/requeue?perMinute=1&error=" + error)
                .then()
                .statusCode(200)
                .body("count", equalTo(2));
        api().get(jobs + "?state=scheduled").then().statusCode(200).body("jobs", hasSize(1));
        api().get("/v1/errors?queue=packaged-errors&limit=5").then().statusCode(200);
    }

    @Test
    void manyJobsAreAddedAtOnce() {
        send("[{\"handler\": \"noop\"}, {\"handler\": \"nobody\"}]")
                .post("/v1/queues/packaged-bulk/jobs/bulk")
                .then()
                .statusCode(200)
                .body("results.status", contains(201, 422));
    }

    @Test
    void queueTakesOneJobOfAKeyAndSoManyInAll() {
        String queue = "/v1/queues/packaged-limited";
        String later = "{\"handler\": \"noop\", \"delay\": \"PT1H\", \"uniqueKey\": \"%s\"}";
        send("{\"maxWaiting\": 1}")
                .put(queue + "/limits")
                .then()
                .statusCode(200)
                .body("maxWaiting", equalTo(1));
        send(later.formatted("k")).post(queue + "/jobs").then().statusCode(201);
        send(later.formatted("k")).post(queue + "/jobs").then().statusCode(200).body("unique.key", equalTo("k"));
        send(later.formatted("other")).post(queue + "/jobs").then().statusCode(429);
    }

    @Test
    void jobsOfAGroupTakeTurnsWithinLimits() {
        String queue = "/v1/queues/packaged-groups";
        send("{\"concurrency\": 3, \"groups\": {\"concurrency\": 1, \"rate\": {\"count\": 100, \"period\": \"PT1S\"}}}")
                .put(queue + "/limits")
                .then()
                .statusCode(200)
                .body("concurrency", equalTo(3))
                .body("groups.rate.count", equalTo(100));
        send("{\"concurrency\": null}")
                .patch(queue + "/limits")
                .then()
                .statusCode(200)
                .body("removed", contains("concurrency"))
                .body("groups.rate.count", equalTo(100));
        api().post(queue + "/handlers/echo/pause").then().statusCode(200).body("pausedHandlers", contains("echo"));
        String job = "{\"handler\": \"echo\", \"group\": {\"id\": \"tenant-5\", \"ordered\": true}}";
        send(job).post(queue + "/jobs").then().statusCode(201).body("group.ordered", equalTo(true));
        api().post(queue + "/handlers/echo/resume").then().statusCode(200).body("pausedHandlers", nullValue());
        Awaitility.await("run")
                .atMost(DEADLINE)
                .untilAsserted(() -> api().get(queue).then().body("counts.succeeded", equalTo(1)));
    }

    @Test
    void queuesArePausedCountedAndScaled() {
        String queue = "/v1/queues/packaged-paused";
        api().post(queue + "/pause").then().statusCode(200).body("paused", equalTo(true));
        send("{\"handler\": \"noop\"}").post(queue + "/jobs").then().statusCode(201);
        api().get(queue).then().statusCode(200).body("counts.ready", equalTo(1));
        api().get("/v1/queues?prefix=packaged-p&limit=10")
                .then()
                .statusCode(200)
                .body("queues.queue", hasItem("packaged-paused"));
        api().get("/v1/scaling").then().statusCode(200).body("concurrency", greaterThan(0));
        api().post(queue + "/resume").then().statusCode(200).body("paused", equalTo(false));
        Awaitility.await("run")
                .atMost(DEADLINE)
                .untilAsserted(() -> api().get(queue).then().body("counts.succeeded", equalTo(1)));
    }

    @Test
    void queueIsSpreadOverPartitions() {
        String queue = "/v1/queues/packaged-spread";
        send("{\"partitions\": 3}")
                .put(queue + "/policy")
                .then()
                .statusCode(200)
                .body("partitions", equalTo(3));
        run("{\"handler\": \"noop\"}")
                .post(queue + "/jobs")
                .then()
                .statusCode(201)
                .body("state", equalTo("succeeded"));
        Awaitility.await("settled")
                .atMost(DEADLINE)
                .untilAsserted(() ->
                        api().get(queue + "/policy").then().statusCode(200).body("state", equalTo("settled")));
        api().delete(queue + "/policy").then().statusCode(204);
        api().delete(queue + "?force=true").then().statusCode(200).body("gone", equalTo(true));
        api().get(queue + "/policy").then().statusCode(404);
    }

    @Test
    void queueIsDeletedWithAllItHas() {
        String queue = "/v1/queues/packaged-deleted";
        send("{\"handler\": \"noop\", \"delay\": \"PT1H\"}")
                .post(queue + "/jobs")
                .then()
                .statusCode(201);
        api().delete(queue).then().statusCode(409);
        api().delete(queue + "?force=true")
                .then()
                .statusCode(200)
                .body("gone", equalTo(true))
                .body("cancelled", equalTo(1));
        api().get("/v1/queues?prefix=packaged-deleted").then().statusCode(200).body("queues", empty());
    }

    @Test
    void flowRunsToItsEndAndIsCancelled() {
        send("{\"id\": \"packaged\", \"jobs\": {"
                        + "\"a\": {\"queue\": \"packaged\", \"handler\": \"echo\", \"payload\": 7},"
                        + "\"b\": {\"queue\": \"packaged-runs\", \"handler\": \"noop\", \"after\": [\"a\"]}}}")
                .post("/v1/flows")
                .then()
                .statusCode(201)
                .body("jobs.name", hasItem("b"));
        Awaitility.await("its end")
                .atMost(DEADLINE)
                .untilAsserted(() ->
                        api().get("/v1/flows/packaged").then().statusCode(200).body("state", equalTo("succeeded")));
        api().get("/v1/queues/packaged-runs/jobs/flow-packaged-1/parents")
                .then()
                .statusCode(200)
                .body("parents[0].result", equalTo(7));
        api().get("/v1/flows?state=succeeded&limit=5").then().statusCode(200).body("flows.id", hasItem("packaged"));
        api().delete("/v1/flows/packaged").then().statusCode(200).body("counts.succeeded", equalTo(2));
    }

    @Test
    void scheduleIsPutReadTriggeredPausedAndDeleted() {
        String schedule = "/v1/schedules/packaged";
        send("{\"cron\": \"* * * * * *\", \"queue\": \"packaged-runs\", \"job\": {\"handler\": \"noop\"}}")
                .put(schedule)
                .then()
                .statusCode(201);
        api().get("/v1/schedules").then().statusCode(200).body("schedules.name", hasItem("packaged"));
        api().get(schedule + "/preview?count=3").then().statusCode(200).body("runs", hasSize(3));
        send("{\"cron\": \"never\"}").put(schedule).then().statusCode(422);
        api().header("Prefer", "wait=20")
                .post(schedule + "/trigger")
                .then()
                .statusCode(201)
                .body("state", equalTo("succeeded"));
        Awaitility.await("a run")
                .atMost(DEADLINE)
                .untilAsserted(() -> api().get(schedule).then().statusCode(200).body("last", notNullValue()));
        api().post(schedule + "/pause").then().statusCode(200).body("paused", equalTo(true));
        api().post(schedule + "/resume").then().statusCode(200).body("paused", equalTo(false));
        api().delete(schedule).then().statusCode(204);
    }

    @Test
    void jobsAreLeasedExtendedAndReportedOn() {
        String queue = "packaged-leased";
        // Makes its handler known.
        lease(queue, 0).then().statusCode(200).body("jobs", empty()).body("drain", equalTo(false));
        for (String report :
                List.of("success {}", "retry {}", "fail {}", "snooze {\"delay\": \"PT1H\"}", "release {}")) {
            Awaitility.await("a handler that is known")
                    .atMost(DEADLINE)
                    .untilAsserted(() -> send("{\"handler\": \"packaged-remote\", \"payload\": 9007199254740993}")
                            .post("/v1/queues/" + queue + "/jobs")
                            .then()
                            .statusCode(201));
            String lease = "/v1/leases/" + lease(queue, 20).path("jobs[0].lease.token");
            send("{}").post(lease + "/extend").then().statusCode(200).body("status", equalTo("held"));
            int space = report.indexOf(' ');
            send(report.substring(space))
                    .post(lease + "/" + report.substring(0, space))
                    .then()
                    .statusCode(200)
                    .body("state", notNullValue());
        }
        String token = lease(queue, 20).path("jobs[0].lease.token");
        send("{\"leases\": [{\"token\": \"%s\", \"progress\": {\"percent\": 5}}]}".formatted(token))
                .post("/v1/leases/extend")
                .then()
                .statusCode(200)
                .body("leases.status", contains("held"));
        send("{\"reports\": [{\"token\": \"%s\", \"outcome\": \"success\", \"result\": [1.50]}]}".formatted(token))
                .post("/v1/leases/report")
                .then()
                .statusCode(200)
                .body("reports.status", contains("applied"))
                .body("reports.state", contains("succeeded"));
    }

    @Test
    void workersAreListedAndDrained() {
        String queue = "packaged-drained";
        lease(queue, 0).then().statusCode(200);
        Awaitility.await("a worker that is known")
                .atMost(DEADLINE)
                .untilAsserted(() ->
                        api().get("/v1/workers").then().statusCode(200).body("workers.name", hasItem("packaged")));
        Awaitility.await("an instance that is well").atMost(DEADLINE).untilAsserted(() -> api().get("/v1/workers")
                .then()
                .body("workers.find { it.kind == 'instance' }.health.stores[0].subscription", equalTo("live"))
                .body("workers.find { it.kind == 'instance' }.recoveries", notNullValue()));
        api().post("/v1/workers/packaged/drain").then().statusCode(200);
        Awaitility.await("drained")
                .atMost(DEADLINE)
                .untilAsserted(() -> lease(queue, 0).then().body("drain", equalTo(true)));
        api().delete("/v1/workers/packaged/drain").then().statusCode(204);
        Awaitility.await("drained no more")
                .atMost(DEADLINE)
                .untilAsserted(() -> lease(queue, 0).then().body("drain", equalTo(false)));
    }

    @Test
    void cronIsPreviewed() {
        api().queryParam("cron", "30 2 * * *")
                .queryParam("timeZone", "Europe/Berlin")
                .get("/v1/cron")
                .then()
                .statusCode(200)
                .body("clockChanges.kind", hasItem("gap"));
    }

    @Test
    void redisIsLookedAt() {
        api().get("/v1/redis")
                .then()
                .statusCode(200)
                .body("stores[0].store", equalTo("first"))
                .body("stores[0].nodes[0].answers", equalTo(true))
                .body("stores[0].nodes[0].memory.used", notNullValue())
                .body("stores[0].objections.text", notNullValue());
        for (int again = 0; again < 2; again++) {
            api().get("/v1/queues/packaged-nothing/memory")
                    .then()
                    .statusCode(200)
                    .body("jobs", equalTo(0))
                    .body("bytes", equalTo(0));
        }
    }

    @Test
    void handlersAreDeclaredHeldAndProbed() {
        String handler = "/v1/handlers/packaged-remote";
        String queue = "packaged-held";
        send("{\"queue\": \"%s\", \"schema\": {\"type\": \"object\"}, \"hold\": {\"after\": 1, \"window\": \"PT1M\"}}"
                        .formatted(queue))
                .put(handler)
                .then()
                .statusCode(201);
        send("{\"handler\": \"packaged-remote\", \"payload\": 1}")
                .post("/v1/jobs")
                .then()
                .statusCode(422)
                .body("errors[0].keyword", equalTo("type"));
        send("{\"handler\": \"packaged-remote\", \"payload\": {}, \"backoff\": {\"type\": \"fixed\", \"delay\":"
                        + " \"PT0S\"}}")
                .post("/v1/jobs")
                .then()
                .statusCode(201);

        send("{}").post("/v1/leases/" + lease(queue, 20).path("jobs[0].lease.token") + "/retry");

        Awaitility.await("held")
                .atMost(DEADLINE)
                .untilAsserted(() -> api().get(handler).then().body("held", notNullValue()));
        // The one that is tried, for nothing else is handed out.
        send("{}").post("/v1/leases/" + lease(queue, 20).path("jobs[0].lease.token") + "/success");
        Awaitility.await("held no more")
                .atMost(DEADLINE)
                .untilAsserted(() -> api().get(handler).then().body("held", nullValue()));
        api().post(handler + "/hold").then().statusCode(200).body("held", notNullValue());
        api().post(handler + "/resume").then().statusCode(200).body("held", nullValue());
        api().get("/v1/handlers").then().statusCode(200).body("handlers.name", hasItem("packaged-remote"));
        api().delete(handler).then().statusCode(204);
    }

    @Test
    void hooksAreToldOfDeathsUntilTheirReceiverIsGone() {
        hook("packaged", Surroundings.target);
        hook("packaged-gone", Surroundings.target + Surroundings.GONE);
        send("{\"handler\": \"fail\", \"maxAttempts\": 1}")
                .post("/v1/queues/packaged-dying/jobs")
                .then()
                .statusCode(201);
        Awaitility.await("one notice is taken, the other one refused for good")
                .atMost(DEADLINE)
                .untilAsserted(() -> {
                    api().get("/v1/queues/mainstay.hooks")
                            .then()
                            .statusCode(200)
                            .body("counts.succeeded", equalTo(1));
                    api().get("/v1/hooks/packaged-gone")
                            .then()
                            .statusCode(200)
                            .body("disabled.reason", equalTo("gone"));
                });
        api().get("/v1/hooks").then().statusCode(200).body("hooks.name", contains("packaged", "packaged-gone"));
        api().delete("/v1/hooks/packaged").then().statusCode(204);
        api().delete("/v1/hooks/packaged-gone").then().statusCode(204);
    }

    private static void hook(String name, String url) {
        send("{\"events\": [\"dead\"], \"queues\": [\"packaged-dying\"], \"url\": \"%s\"}".formatted(url))
                .put("/v1/hooks/" + name)
                .then()
                .statusCode(201);
    }

    /** Sent again, as if its answer had been lost: the same jobs. */
    private static Response lease(String queue, int wait) {
        String key = UUID.randomUUID().toString();
        lease(queue, wait, key);
        return lease(queue, wait, key);
    }

    private static Response lease(String queue, int wait, String key) {
        return send("{\"worker\": \"packaged\", \"queues\": [\"%s\"], \"handlers\": [\"packaged-remote\"]}"
                        .formatted(queue))
                .header("Prefer", "wait=" + wait)
                .header("Idempotency-Key", key)
                .post("/v1/leases");
    }

    @Test
    void statisticsTellWhatHappened() {
        run("{\"handler\": \"noop\"}")
                .post("/v1/queues/packaged-counted/jobs")
                .then()
                .statusCode(201);
        Awaitility.await("written").atMost(DEADLINE).untilAsserted(() -> api().get(
                        "/v1/stats?queue=packaged-counted&by=handler&from=PT6H")
                .then()
                .statusCode(200)
                .body("total.succeeded", equalTo(1))
                .body("total.runSeconds.p50", notNullValue())
                .body("groups.handler", contains("noop")));
        api().get("/v1/stats?from=P30D").then().statusCode(200).body("total.succeeded", greaterThan(0));
    }

    @Test
    void keysAreMadeAndRevoked() {
        api().get("/v1/me").then().statusCode(200).body("name", equalTo("packaged"));
        String key = send("{\"name\": \"some\", \"roles\": [\"reader\"], \"queues\": [\"packaged\"]}")
                .post("/v1/keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
        String id = key.substring(3, 15);
        api().get("/v1/keys").then().statusCode(200).body("keys.id", hasItem(id));
        api().get("/v1/keys/" + id).then().statusCode(200).body("queues", contains("packaged"));
        given().header("Authorization", "Bearer " + key)
                .get("/v1/me")
                .then()
                .statusCode(200)
                .body("roles", contains("reader"));
        api().delete("/v1/keys/" + id).then().statusCode(204);
        given().header("Authorization", "Bearer " + key).get("/v1/me").then().statusCode(401);
    }

    @TimedTest
    void changesAreStreamed() throws Exception {
        String path = "/v1/events";
        String jobs = "/v1/queues/packaged-told/jobs";
        try (EventClient client = EventClient.open(
                URI.create("http://localhost:" + RestAssured.port + path + "?queue=packaged-told"), Surroundings.key)) {
            CALLED.called("GET", path);
            assertThat(client.next().name()).isEqualTo("open");
            run("{\"handler\": \"noop\"}").post(jobs).then().statusCode(201);
            assertThat(client.names(3)).containsExactlyInAnyOrder("ready", "running", "succeeded");
        }
    }

    @TimedTest
    void longJobKeepsItsLease() {
        run("{\"handler\": \"sleep\", \"payload\": {\"duration\": \"PT5S\"}}")
                .post(JOBS)
                .then()
                .statusCode(201)
                .body("state", equalTo("succeeded"))
                .body("attempt", equalTo(1));
    }

    @Test
    void jobThatCannotBeReadIsSetAside() {
        RedisNode redis = Surroundings.redis;
        send("{\"id\": \"garbled\", \"handler\": \"noop\", \"delay\": \"PT1H\"}")
                .post(JOBS)
                .then()
                .statusCode(201);
        String packaged = new RedisKeys(new QueueName("packaged")).base();
        redis.call("HSET", packaged + "job:garbled", "s", "4 10 soon f:0 noop");
        redis.call("ZADD", packaged + "scheduled", "0", "garbled");
        // Nothing says that it is due, so a claim has to come across it.
        send("{\"handler\": \"noop\"}").post(JOBS).then().statusCode(201);

        Awaitility.await("set aside").atMost(DEADLINE).until(() -> redis.call("HGET", packaged + "job:garbled", "state")
                .equals("dead"));
    }

    @Test
    void jobOfAnInstanceThatLeavesGoesBack() {
        Map<String, String> config = new HashMap<>(Surroundings.config);
        config.put("mainstay.worker.queues", "packaged-leaving");
        String jobs = "/v1/queues/packaged-leaving/jobs";
        AtomicInteger sent = new AtomicInteger();
        // Both instances take of them.
        try (ServiceProcess leaving = new ServiceProcess(Surroundings.redis.address(), config).awaitReady()) {
            // As many as it takes: the other may be faster. One that is busy may be a canary.
            Awaitility.await("some run there")
                    .atMost(DEADLINE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        send("{\"handler\": \"sleep\", \"payload\": {\"duration\": \"PT3S\"}}")
                                .post(jobs)
                                .then()
                                .statusCode(201);
                        sent.incrementAndGet();
                        return leaving.metric("mainstay_worker_busy") > 1;
                    });
            leaving.requestEnd();
            leaving.awaitExit();
        }
        Awaitility.await("all run in the end")
                .atMost(DEADLINE)
                .untilAsserted(() ->
                        api().get("/v1/queues/packaged-leaving").then().body("counts.succeeded", equalTo(sent.get())));
    }

    @Test
    void changesAreRecorded() {
        api().post("/v1/queues/packaged-audit/pause").then().statusCode(200);

        Awaitility.await("the record").atMost(DEADLINE).untilAsserted(() -> api().get("/v1/audit?queue=packaged-audit")
                .then()
                .statusCode(200)
                .body("records.operation", contains("pauseQueue")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "POST;/v1/queues/packaged/jobs;application/json;{;400;malformed-json",
                "POST;/v1/queues/packaged/jobs;application/json;{\"handlr\": 1};400;unknown-field",
                "POST;/v1/queues/packaged/jobs;application/json;{\"handler\": \"nobody\"};422;invalid-value",
                "POST;/v1/queues/packaged/jobs;text/plain;x;415;unsupported-media-type",
                "GET;/v1/queues/packaged/jobs/nobody;application/json;'';404;job-not-found",
                "GET;/v1/nothing;application/json;'';404;not-found",
                "PUT;/v1/queues;application/json;'';405;method-not-allowed",
            })
    void problemsAreTold(String method, String path, String type, String body, int status, String slug) {
        api().contentType(type)
                .body(body)
                .request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:mainstay:problem:" + slug));
    }

    @Test
    void metricsAreThere() {
        management()
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("mainstay_worker_busy"))
                .body(containsString("mainstay_jobs_enqueued_total"));
    }

    @Test
    void eachPortServesItsOwnAlone() {
        for (String path : List.of("/q/health", "/q/health/ready", "/q/metrics")) {
            given().get(path).then().statusCode(404);
        }
        for (String path : List.of("/v1/queues", JOBS, "/q/openapi", "/")) {
            management().get(path).then().statusCode(404);
        }
    }

    @Test
    @Order(LAST)
    void everyOperationOfTheApiWasCalled() {
        Map<String, Map<String, Object>> paths = given().accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("tags.name", hasItems("Jobs", "Queues"))
                .extract()
                .path("paths");
        List<String> operations = paths.entrySet().stream()
                .filter(path -> path.getKey().startsWith("/v1/"))
                .flatMap(path -> Stream.of("get", "put", "post", "delete", "patch")
                        .filter(path.getValue()::containsKey)
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
                .toList();

        assertThat(operations).hasSizeGreaterThan(10);
        assertThat(CALLED.missing(operations)).isEmpty();
    }

    @Test
    @Order(LAST)
    void everyScriptWasSent() {
        assertThat(KnownScripts.missingOn(Surroundings.redis))
                // Sent where there are two stores: MirroredQueuesIT.
                .filteredOn(script -> !script.matches("MIRROR_.*|OUTBOX_.*|POLICY_RESTORE"))
                // Instances ask for their turn to go through all queues a minute or so after their start.
                .isSubsetOf("NEXT_CHECK", "WALK");
    }

    private static RequestSpecification api() {
        return given().filter(CALLED).header("Authorization", "Bearer " + Surroundings.key);
    }

    @Test
    void answersOfTheManagementPortHaveTheHeadersOfAllOthers() {
        for (String path : List.of("/q/health/live", "/q/metrics", "/nothing")) {
            management()
                    .get(path)
                    .then()
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Content-Security-Policy", containsString("default-src 'none'"))
                    .header("Cache-Control", "no-store");
        }
        management().get("/nothing").then().contentType("application/problem+json");
    }

    private static RequestSpecification management() {
        return given().port(Surroundings.managementPort);
    }

    private static RequestSpecification send(String body) {
        return api().contentType("application/json").body(body);
    }

    /** Answered when the job has ended. */
    private static RequestSpecification run(String body) {
        return send(body).header("Prefer", "wait=20");
    }
}
