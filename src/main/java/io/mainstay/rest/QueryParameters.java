package io.mainstay.rest;

import io.mainstay.job.InvalidValueException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses query parameters that a call does not have: one that is misspelt would leave the caller with another answer than
 * was asked for; it is refused, not ignored. What a call has is what its method declares, which a native image must keep:
 * resources are registered for reflection.
 */
@Singleton
class QueryParameters {

    /** By method: the names it has, and whether one may be given more than once. */
    private final Map<Method, Map<String, Boolean>> known = new ConcurrentHashMap<>();

    @ServerRequestFilter
    void check(ResourceInfo resource, UriInfo uri, HttpServerRequest request) {
        String query = request.query();
        if (query == null || query.isEmpty()) {
            return;
        }
        Map<String, Boolean> names = known.computeIfAbsent(resource.getResourceMethod(), QueryParameters::of);
        uri.getQueryParameters().forEach((name, values) -> check(names, name, values));
    }

    private static void check(Map<String, Boolean> names, String name, List<String> values) {
        Boolean repeatable = names.get(name);
        if (repeatable == null) {
            throw new InvalidValueException(
                    name,
                    String.join(" and ", values),
                    names.isEmpty()
                            ? "left out: this call has no query parameters"
                            : "left out: this call has the query parameters " + String.join(", ", names.keySet()));
        }
        if (values.size() > 1 && !repeatable) {
            throw new InvalidValueException(name, String.join(" and ", values), "given once");
        }
    }

    private static Map<String, Boolean> of(Method method) {
        Map<String, Boolean> names = new TreeMap<>();
        Arrays.stream(method.getParameters())
                .filter(each -> each.isAnnotationPresent(QueryParam.class))
                .forEach(each -> names.put(
                        each.getAnnotation(QueryParam.class).value(),
                        Collection.class.isAssignableFrom(each.getType())));
        Arrays.stream(method.getAnnotationsByType(Parameter.class))
                .filter(each -> each.in() == ParameterIn.QUERY)
                .forEach(each -> names.put(each.name(), false));
        return names;
    }
}
