package io.mainstay.rest.job;

import io.mainstay.security.Caller;
import io.vertx.ext.web.RoutingContext;

/**
 * Who asks for a job, and the request that is answered. Found out before anything is waited for: where that continues there is no request
 * to ask.
 */
public record Requester(Caller caller, RoutingContext request) {}
