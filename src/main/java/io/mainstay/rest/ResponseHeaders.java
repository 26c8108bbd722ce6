package io.mainstay.rest;

import io.netty.handler.codec.http.HttpHeaders;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * What every answer tells browsers, whoever gives it: it is no page, it is to be taken for nothing but what it says it is, it is not to be
 * framed or kept. Whoever serves pages sets what they need instead.
 */
@Singleton
class ResponseHeaders {

    private static final int FIRST = -3000;
    private static final CharSequence SNIFFING = optimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFFING = optimized("nosniff");
    private static final CharSequence CONTENT = optimized("Content-Security-Policy");
    private static final CharSequence NO_CONTENT = optimized("default-src 'none'; frame-ancestors 'none'");
    private static final CharSequence REFERRER = optimized("Referrer-Policy");
    private static final CharSequence NO_REFERRER = optimized("no-referrer");
    private static final CharSequence CACHE = optimized("Cache-Control");
    private static final CharSequence NO_STORE = optimized("no-store");

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(ResponseHeaders::add);
    }

    void register(@Observes ManagementInterface management) {
        management.router().route().order(FIRST).handler(ResponseHeaders::add);
    }

    private static void add(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set(SNIFFING, NO_SNIFFING)
                .set(CONTENT, NO_CONTENT)
                .set(REFERRER, NO_REFERRER)
                .set(CACHE, NO_STORE);
        context.next();
    }

    /** To what the server answers before there is a route. */
    static void addTo(HttpHeaders headers) {
        headers.set(SNIFFING, NO_SNIFFING)
                .set(CONTENT, NO_CONTENT)
                .set(REFERRER, NO_REFERRER)
                .set(CACHE, NO_STORE);
    }

    private static CharSequence optimized(String text) {
        return io.vertx.core.http.HttpHeaders.createOptimized(text);
    }
}
