package io.mainstay.audit;

import io.mainstay.rest.AuditDetail;
import io.mainstay.security.CurrentCaller;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * Notes what a request asks for once that is known, before anybody can refuse it; {@link AuditRoute} records what came of it. Filters are
 * made before there is a configuration, hence the scope.
 */
@ApplicationScoped
class AuditFilters {

    private final CurrentCaller callers;
    private final CurrentVertxRequest current;
    private final Map<Method, AuditedOperation> operations = new ConcurrentHashMap<>();

    AuditFilters(CurrentCaller callers, CurrentVertxRequest current) {
        this.callers = callers;
        this.current = current;
    }

    @ServerRequestFilter(nonBlocking = true, priority = Priorities.AUTHENTICATION)
    void asked(ResteasyReactiveContainerRequestContext request) {
        ResteasyReactiveRequestContext context = (ResteasyReactiveRequestContext) request.getServerRequestContext();
        AuditedOperation operation =
                operations.computeIfAbsent(context.getTarget().getLazyMethod().getMethod(), AuditedOperation::of);
        AuditDraft draft = new AuditDraft(
                operation,
                callers.get(),
                context.getPathParameter(AuditedOperation.QUEUE, false),
                operation.object(name -> context.getPathParameter(name, false)));
        current.getCurrent().put(AuditDraft.KEY, draft);
    }

    @ServerResponseFilter
    void answered(ContainerResponseContext response) {
        if (response.getEntity() instanceof AuditDetail detail) {
            RoutingContext context = current.getCurrent();
            AuditDraft draft = context.get(AuditDraft.KEY);
            if (draft != null) {
                draft.detail(detail.auditDetail());
            }
        }
    }
}
