package io.mainstay.flow;

import io.mainstay.job.FlowId;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import io.mainstay.rest.StrictJson;
import io.mainstay.rest.job.JobRequestReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@link FlowRequest}. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class FlowRequestReader extends JsonBodyReader<FlowRequest> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    FlowRequestReader(BodyLimit limit) {
        super(FlowRequest.class, limit);
    }

    @Override
    protected FlowRequest read(byte[] body) throws IOException {
        Draft draft = new Draft();
        StrictJson.read(body, draft);
        return new FlowRequest(draft.id, draft.jobs);
    }

    private static final class Draft implements StrictJson.Fields {

        private final Map<String, FlowRequest.FlowJob> jobs = new LinkedHashMap<>();
        private FlowId id;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "id" -> {
                    String value = json.text();
                    id = value == null ? null : new FlowId(value);
                }
                case "jobs" -> json.object(this::takeJob);
                default -> throw json.unknownField();
            }
        }

        private void takeJob(String name, StrictJson json) throws IOException {
            if (!NAME.matcher(name).matches()) {
                throw new InvalidValueException("jobs", name, "named by " + NAME);
            }
            String field = "jobs." + name;
            JobDraft draft = new JobDraft();
            try {
                if (json.object(draft)) {
                    jobs.put(name, draft.finish());
                }
            } catch (InvalidValueException e) {
                // What StrictJson says itself has the whole path.
                throw e.field().startsWith(field + ".") ? e : e.within(field);
            }
        }
    }

    private static final class JobDraft implements StrictJson.Fields {

        private final JobRequestReader.Draft job = new JobRequestReader.Draft();
        private QueueName queue;
        private List<String> after;
        private OnParentDead onParentDead;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "queue" -> queue = new QueueName(json.text());
                case "after" -> after = json.texts();
                case "onParentDead" -> {
                    String value = json.text();
                    onParentDead = value == null ? null : OnParentDead.ofWireName(value);
                }
                default -> job.take(name, json);
            }
        }

        FlowRequest.FlowJob finish() {
            return new FlowRequest.FlowJob(
                    queue == null ? new QueueName(null) : queue,
                    after == null ? List.of() : after,
                    onParentDead == null ? OnParentDead.CANCEL : onParentDead,
                    job.finish());
        }
    }
}
