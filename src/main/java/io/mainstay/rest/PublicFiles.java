package io.mainstay.rest;

import io.vertx.ext.web.RoutingContext;

/**
 * Marks requests for files that need no key. The browser that asks for one asks for others at once, so their connection is kept for a moment, though
 * nobody is known there.
 */
public final class PublicFiles {

    private static final String MARK = PublicFiles.class.getName();

    private PublicFiles() {}

    public static void mark(RoutingContext context) {
        context.put(MARK, MARK);
    }

    /** One with a body is none. */
    public static boolean isMarked(RoutingContext context) {
        return context.get(MARK) != null && !RequestChecks.hasBody(context.request());
    }
}
