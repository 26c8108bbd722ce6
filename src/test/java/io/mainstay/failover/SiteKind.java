package io.mainstay.failover;

import java.util.function.Supplier;

/** How to build a site, by a name that scenarios share which can share the site. */
record SiteKind<S extends Site>(String name, Supplier<S> build) {}
