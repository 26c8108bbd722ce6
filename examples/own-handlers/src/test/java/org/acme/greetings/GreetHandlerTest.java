package org.acme.greetings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.handler.Outcome;
import io.mainstay.handler.testing.JobRun;
import io.mainstay.handler.testing.TestJob;
import io.mainstay.handler.testing.TestQueue;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without Quarkus and Redis, so it takes milliseconds. */
class GreetHandlerTest {

    private final GreetHandler handler = new GreetHandler(new Greetings("Good evening"), new ObjectMapper());

    @Test
    void greetsByName() {
        JobRun run = TestJob.of("{\"name\": \"Ada\"}").run(handler);

        assertEquals(Outcome.success(new Json("{\"greeting\":\"Good evening, Ada!\"}")), run.outcome());
        assertEquals(List.of("greeting Ada"), run.log());
        assertEquals(50, run.progress().get(0).percent());
    }

    @Test
    void whoHasNoNameIsNotGreetedAgain() {
        JobRun run = TestJob.of("{}").run(handler);

        assertEquals(JobState.DEAD, run.state());
    }

    @Test
    void jobsOfAQueueAreRun() {
        TestQueue queue = new TestQueue().handler("greet", handler);
        queue.enqueue("greet", "{\"name\": \"Ada\"}");
        queue.enqueue("greet", "{\"name\": \"Grace\"}");

        queue.drain();

        assertEquals(2, queue.jobs(JobState.SUCCEEDED).size());
    }
}
