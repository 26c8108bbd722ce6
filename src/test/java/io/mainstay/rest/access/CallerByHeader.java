package io.mainstay.rest.access;

import io.mainstay.security.Caller;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.QueuePatterns;
import io.mainstay.security.Role;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Takes what a header says of the caller for true, in place of authentication. Without the header nobody is restricted. */
@Alternative
@Singleton
public class CallerByHeader implements CurrentCaller {

    /** {@code roles queues}, each with commas in between, and {@code payload} if it has that right. */
    public static final String HEADER = "Test-Caller";

    private final CurrentVertxRequest request;

    CallerByHeader(CurrentVertxRequest request) {
        this.request = request;
    }

    @Override
    public Caller get() {
        RoutingContext current = request.getCurrent();
        String header = current == null ? null : current.request().getHeader(HEADER);
        return header == null ? Caller.UNRESTRICTED : parse(header);
    }

    private static Caller parse(String header) {
        String[] parts = header.split(" ");
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Stream.of(parts[0].split(","))
                .map(role -> Role.valueOf(role.toUpperCase(Locale.ROOT)))
                .forEach(role -> roles.addAll(role.includes()));
        return new Caller("test", "test", roles, new QueuePatterns(List.of(parts[1].split(","))), parts.length > 2);
    }
}
