package io.mainstay.auth;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service as production has it: callers need keys. */
public class SecuredProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("mainstay.security.enabled", "true", "mainstay.worker.enabled", "false");
    }
}
