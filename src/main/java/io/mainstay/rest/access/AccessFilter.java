package io.mainstay.rest.access;

import io.mainstay.rest.ForbiddenException;
import io.mainstay.security.Access;
import io.mainstay.security.Caller;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * Lets a request go on to its operation if its caller may call that: once it is known which one it is, before its body is read. Queues
 * that only the body or the store know are checked by the operation itself, see {@link Scope}. Filters are made before there is a
 * configuration, hence the scope.
 */
@ApplicationScoped
class AccessFilter {

    private static final String QUEUE = "queue";

    private final CurrentCaller callers;
    /** By operation: as many as there are. */
    private final Map<Method, Access> declared = new ConcurrentHashMap<>();

    AccessFilter(CurrentCaller callers) {
        this.callers = callers;
    }

    @ServerRequestFilter(nonBlocking = true, priority = Priorities.AUTHORIZATION)
    void check(ResteasyReactiveContainerRequestContext request) {
        ResteasyReactiveRequestContext context = (ResteasyReactiveRequestContext) request.getServerRequestContext();
        Access access =
                declared.computeIfAbsent(context.getTarget().getLazyMethod().getMethod(), AccessFilter::declaredOn);
        Caller caller = callers.get();
        ForbiddenException.check(caller, access);
        if (access.scope() == Scope.QUEUE) {
            ForbiddenException.checkQueue(caller, context.getPathParameter(QUEUE, false));
        } else if (access.scope() == Scope.ALL) {
            ForbiddenException.checkAllQueues(caller);
        }
    }

    private static Access declaredOn(Method operation) {
        Access access = operation.getAnnotation(Access.class);
        if (access == null) {
            throw new IllegalStateException(operation + " does not declare who may call it");
        }
        return access;
    }
}
