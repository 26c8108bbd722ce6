package io.mainstay.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service without workers, so that jobs stand still until a test moves them. */
public class ApiProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "mainstay.worker.enabled", "false",
                "mainstay.http.allow", "http://localhost",
                "mainstay.jobs.max-wait", "PT2S",
                "mainstay.jobs.default-expires-in", "P300D",
                "mainstay.jobs.max-payload", "1K",
                "mainstay.http.max-response", "512",
                "mainstay.jobs.max-body", "8K",
                "mainstay.bulk.max-body", "32K",
                "mainstay.bulk.max-jobs", "50",
                "mainstay.flows.max-jobs", "5",
                "mainstay.flows.interval", "PT0.2S");
    }
}
