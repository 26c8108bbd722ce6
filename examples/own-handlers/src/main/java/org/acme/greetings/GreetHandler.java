package org.acme.greetings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.Json;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;

/** Greets whom {@code {"name": "Ada"}} names. Jobs name it in their field {@code handler}: {@code greet}. */
@Singleton
@Identifier("greet")
public class GreetHandler implements JobHandler {

    private final Greetings greetings;
    private final ObjectMapper json;

    public GreetHandler(Greetings greetings, ObjectMapper json) {
        this.greetings = greetings;
        this.json = json;
    }

    @Override
    public Outcome run(JobContext job) throws Exception {
        JsonNode name = json.readTree(job.payload().text()).path("name");
        if (!name.isTextual()) {
            // No other attempt would go better.
            return Outcome.fail("no-name", "the payload has no \"name\"");
        }
        job.log("greeting " + name.textValue());
        job.progress(50, "found the words");
        String greeting = greetings.greet(name.textValue());
        return Outcome.success(
                new Json(json.createObjectNode().put("greeting", greeting).toString()));
    }
}
