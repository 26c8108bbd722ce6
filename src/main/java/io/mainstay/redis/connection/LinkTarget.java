package io.mainstay.redis.connection;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Where links lead.
 *
 * @param where asked for the node before each connect
 * @param roleTurns of all links to there
 */
record LinkTarget(Supplier<Future<Node>> where, RoleTurns roleTurns) {}
