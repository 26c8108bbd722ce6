package io.mainstay.auth;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service as production has it: callers need keys. */
public class SecuredProfile implements QuarkusTestProfile {

    private static final String ADMIN_LINE = TestKeys.line("root admin * payload");
    private static final String READER_LINE = TestKeys.line("watcher reader *");

    static final String ADMIN = TestKeys.keyOf(ADMIN_LINE);
    static final String READER = TestKeys.keyOf(READER_LINE);

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "mainstay.security.enabled", "true",
                "mainstay.security.keys-file",
                        TestKeys.file(ADMIN_LINE, READER_LINE).toString(),
                "mainstay.worker.enabled", "false");
    }
}
