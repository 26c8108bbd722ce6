package io.mainstay.audit;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses to believe everybody who forwards an address: whoever can reach the port could put any into the records. */
@Singleton
class ForwardingCheck {

    private final boolean forwarding;
    private final Optional<List<String>> trusted;

    ForwardingCheck(
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
                    boolean forwarding,
            @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies") Optional<List<String>> trusted) {
        this.forwarding = forwarding;
        this.trusted = trusted;
    }

    void check(@Observes StartupEvent event) {
        if (forwarding && trusted.isEmpty()) {
            throw new IllegalStateException(
                    "quarkus.http.proxy.proxy-address-forwarding needs quarkus.http.proxy.trusted-proxies: the addresses of the proxies that are trusted to report a client's address");
        }
    }
}
