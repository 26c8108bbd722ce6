package io.mainstay.lease.claim;

import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import io.mainstay.rest.StrictJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads {@link LeaseRequest}. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class LeaseRequestReader extends JsonBodyReader<LeaseRequest> {

    LeaseRequestReader(BodyLimit limit) {
        super(LeaseRequest.class, limit);
    }

    @Override
    protected LeaseRequest read(byte[] body) throws IOException {
        Draft draft = new Draft();
        StrictJson.read(body, draft::take);
        return draft.finish();
    }

    private static final class Draft {

        private String worker;
        private List<QueueName> queues;
        private List<HandlerName> handlers;
        private Integer max;
        private Duration lease;
        private String version;
        private Integer concurrency;
        private List<Json> reports;

        void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "worker" -> worker = json.text();
                case "queues" -> queues = names("queues", json.texts(), QueueName::new);
                case "handlers" -> handlers = names("handlers", json.texts(), HandlerName::new);
                case "max" -> max = json.integer();
                case "lease" -> lease = json.duration();
                case "version" -> version = json.text();
                case "concurrency" -> concurrency = json.integer();
                case "reports" -> reports = json.items();
                default -> throw json.unknownField();
            }
        }

        LeaseRequest finish() {
            return new LeaseRequest(worker, queues, handlers, max, lease, version, concurrency, reports);
        }

        private static <T> List<T> names(String field, List<String> texts, Function<String, T> name) {
            if (texts == null) {
                return null;
            }
            List<T> names = new ArrayList<>(texts.size());
            for (int i = 0; i < texts.size(); i++) {
                try {
                    names.add(name.apply(texts.get(i)));
                } catch (InvalidValueException e) {
                    throw e.at(field + "." + i);
                }
            }
            return names;
        }
    }
}
