package io.mainstay.rest;

import io.mainstay.flow.PromptFlowRounds;
import io.mainstay.rest.access.CallerByHeader;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/** The service without workers, so that jobs stand still until a test moves them. A header may say what the caller may do. */
public class ApiProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("mainstay.worker.enabled", "false"),
                // What workers would serve, were there any: /v1/scaling tells what they were needed for.
                Map.entry("mainstay.worker.concurrency", "2"),
                Map.entry("mainstay.worker.queues", "scaled,calm"),
                Map.entry("mainstay.scaling.interval", "PT1S"),
                // Redis is there; a machine that stands still for a while is waited for.
                Map.entry("mainstay.redis.suspect-after", "PT9S"),
                Map.entry("mainstay.redis.command-timeout", "PT10S"),
                Map.entry("mainstay.redis.call-timeout", "PT30S"),
                Map.entry("mainstay.http.allow", "http://localhost"),
                Map.entry("mainstay.http.callback-base", "https://mainstay.example"),
                Map.entry("mainstay.jobs.max-wait", "PT5S"),
                Map.entry("mainstay.jobs.default-expires-in", "P300D"),
                Map.entry("mainstay.jobs.max-payload", "1K"),
                Map.entry("mainstay.http.max-response", "512"),
                Map.entry("mainstay.jobs.max-body", "8K"),
                Map.entry("mainstay.bulk.max-body", "32K"),
                Map.entry("mainstay.bulk.max-jobs", "50"),
                Map.entry("mainstay.flows.max-jobs", "5"),
                Map.entry("mainstay.flows.interval", "PT0.2S"),
                // Longer than any test takes.
                Map.entry("mainstay.rest.body-idle", "PT5M"),
                Map.entry("mainstay.rest.allowed-origins", "https://console.example"));
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(PromptFlowRounds.class, CallerByHeader.class);
    }
}
