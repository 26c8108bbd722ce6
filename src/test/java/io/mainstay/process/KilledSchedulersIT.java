package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Schedules of every second, looked after by two instances of which now one is killed and now the other. */
class KilledSchedulersIT {

    private static final int SCHEDULES = 20;
    private static final int KILLS = 3;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final ObjectMapper mapper = new ObjectMapper();
    private final CopyOnWriteArrayList<ServiceProcess> instances = new CopyOnWriteArrayList<>();
    private final RedisProcess redis = new RedisProcess();

    @BeforeEach
    void start() {
        IntStream.range(0, 2).forEach(i -> instances.add(instance()));
        instances.forEach(ServiceProcess::awaitReady);
    }

    @AfterEach
    void stop() throws IOException {
        instances.forEach(ServiceProcess::close);
        redis.close();
    }

    @Test
    void everyRunGetsOneJobWhicheverInstanceDies() throws Exception {
        for (int i = 0; i < SCHEDULES; i++) {
            String schedule = "/v1/schedules/tick-" + i;
            await("a schedule").until(() -> instances.get(0).put(schedule, """
                    {"cron": "* * * * * *", "queue": "ticks", "misfire": "all", "misfireLimit": 1000,
                     "job": {"handler": "noop", "maxAttempts": 100}}""").contains("\"paused\":false"));
        }
        for (int kill = 0; kill < KILLS; kill++) {
            ServiceProcess witness = instances.get((kill + 1) % 2);
            awaitNewRun(witness);
            instances.get(kill % 2).kill();
            awaitNewRun(witness);
            instances.set(kill % 2, instance().awaitReady());
        }
        ServiceProcess witness = instances.get(0);
        for (int i = 0; i < SCHEDULES; i++) {
            String pause = "/v1/schedules/tick-" + i + "/pause";
            await("a pause").until(() -> witness.post(pause, "").contains("\"paused\":true"));
        }
        // Nothing is in hand any more when all stand still.
        await("schedules in hand are finished, all jobs ended").until(() -> {
            Map<String, Instant> lasts = lasts(witness);
            Map<String, TreeSet<Instant>> runs = runs(witness);
            return runs.size() == SCHEDULES
                    && lasts.entrySet().stream()
                            .allMatch(last -> runs.get(last.getKey()).last().equals(last.getValue()));
        });

        runs(witness).forEach((name, runs) -> {
            TreeSet<Instant> seconds = new TreeSet<>();
            for (Instant second = runs.first(); !second.isAfter(runs.last()); second = second.plusSeconds(1)) {
                seconds.add(second);
            }
            assertThat(runs).as(name).isEqualTo(seconds);
        });
        System.out.printf(
                "%d schedules of every second, %d kills: %d runs, one job each%n",
                SCHEDULES,
                KILLS,
                runs(witness).values().stream().mapToInt(TreeSet::size).sum());
    }

    private ServiceProcess instance() {
        return new ServiceProcess(
                redis.address(), Map.of("mainstay.handlers.demo", "true", "mainstay.lease.duration", "PT2S"));
    }

    private void awaitNewRun(ServiceProcess witness) throws IOException {
        Instant before = lasts(witness).getOrDefault("tick-0", Instant.EPOCH);
        await("another run")
                .until(() ->
                        lasts(witness).getOrDefault("tick-0", Instant.EPOCH).isAfter(before.plusSeconds(1)));
    }

    /** Time of the latest run with a job, by schedule. */
    private Map<String, Instant> lasts(ServiceProcess instance) throws IOException {
        Map<String, Instant> lasts = new TreeMap<>();
        for (JsonNode schedule :
                mapper.readTree(instance.get("/v1/schedules?limit=200")).path("schedules")) {
            if (schedule.has("last")) {
                lasts.put(
                        schedule.path("name").asText(),
                        Instant.parse(schedule.at("/last/at").asText()));
            }
        }
        return lasts;
    }

    /** Times of the runs whose job has succeeded, by schedule; a time that comes twice fails. */
    private Map<String, TreeSet<Instant>> runs(ServiceProcess instance) throws IOException {
        Map<String, TreeSet<Instant>> runs = new TreeMap<>();
        String cursor = "";
        do {
            JsonNode page = mapper.readTree(instance.get("/v1/queues/ticks/jobs?state=succeeded&limit=200" + cursor));
            for (JsonNode job : page.path("jobs")) {
                List<String> words = List.of(job.path("id").asText().split("~"));
                String time = words.get(2).replaceAll("(....)(..)(..)T(..)(..)(..)Z", "$1-$2-$3T$4:$5:$6Z");
                assertThat(runs.computeIfAbsent(words.get(1), name -> new TreeSet<>())
                                .add(Instant.parse(time)))
                        .as(job.toString())
                        .isTrue();
            }
            cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
        } while (!cursor.isEmpty());
        return runs;
    }

    private static ConditionFactory await(String what) {
        // An instance that stands still, or has just gone, gives no answer in time; the next may.
        return Awaitility.await(what)
                .atMost(DEADLINE)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .pollInterval(Duration.ofMillis(200));
    }
}
