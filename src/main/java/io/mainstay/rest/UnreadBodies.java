package io.mainstay.rest;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Tells {@link BodyWatch} of calls that read no body, which some clients send nevertheless. Made before there is a configuration. */
@Singleton
class UnreadBodies {

    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final CurrentVertxRequest current;

    UnreadBodies(CurrentVertxRequest current) {
        this.current = current;
    }

    @ServerRequestFilter
    void check(ResourceInfo resource) {
        RoutingContext context = current.getCurrent();
        BodyWatch.Body body = context.get(BodyWatch.BODY);
        if (body != null && !reads(context.request().method(), resource)) {
            body.isUnread();
        }
    }

    private static boolean reads(HttpMethod method, ResourceInfo resource) {
        return WITH_BODY.contains(method) && resource.getResourceMethod().isAnnotationPresent(RequestBody.class);
    }
}
