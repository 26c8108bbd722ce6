package io.mainstay.packaged;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which operations of the API were called, and answered with success. */
final class CalledOperations implements Filter {

    private static final int FIRST_ERROR = 400;

    private final Set<String> called = ConcurrentHashMap.newKeySet();

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        if (response.statusCode() < FIRST_ERROR) {
            called(request.getMethod(), URI.create(request.getURI()).getPath());
        }
        return response;
    }

    void called(String method, String path) {
        called.add(method + " " + path);
    }

    /** @param operations as {@code GET /v1/queues/{queue}} */
    List<String> missing(List<String> operations) {
        return operations.stream()
                .filter(operation -> called.stream().noneMatch(call -> matches(operation, call)))
                .toList();
    }

    /** A path that another operation has literally is not a value of a template. */
    private static boolean matches(String operation, String call) {
        return call.matches(operation.replaceAll("\\{[^}]*}", "[^/]+"));
    }
}
