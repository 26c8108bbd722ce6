package io.mainstay.auth;

import io.mainstay.auth.key.NewKey;
import io.mainstay.security.SecurityConfig;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/** Refuses to start where nobody could call the API, and says so where everybody can. */
@Dependent
class SecurityStart {

    private static final Logger LOG = Logger.getLogger(SecurityStart.class);

    private static final String NOBODY =
            "Callers need a key or a token, but neither is configured, so nobody could call the API. Set mainstay.security.keys-file (MAINSTAY_SECURITY_KEYS_FILE) to a file with a first key. This makes one:"
                    + " java -jar quarkus-run.jar " + NewKey.COMMAND + " first-admin admin '*' payload >> mainstay-keys"
                    + " (or the same with the native binary). Or set quarkus.oidc.tenant-enabled=true and"
                    + " quarkus.oidc.auth-server-url to use an identity provider. Or, if everybody who can reach the port may do everything, set mainstay.security.enabled=false.";

    /** Before anything is begun. */
    void check(@Observes @Priority(1) StartupEvent event, SecurityConfig config, @All List<CallerSource> sources) {
        SecurityConfig.check(config);
        if (!config.enabled()) {
            LOG.warn("mainstay.security.enabled=false: whoever reaches the port may do everything");
        } else if (sources.stream().noneMatch(CallerSource::configured)) {
            throw new IllegalStateException(NOBODY);
        }
    }
}
