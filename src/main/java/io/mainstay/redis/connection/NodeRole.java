package io.mainstay.redis.connection;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** What a node is asked to know that it is a master, and that the connection to it works. */
public final class NodeRole {

    private NodeRole() {}

    public static Request request() {
        return Request.cmd(Command.ROLE);
    }

    /** @param answer null if it was not given */
    static boolean isSentinel(Response answer) {
        return answer != null
                && answer.size() > 0
                && "sentinel".equals(answer.get(0).toString());
    }

    /** @param answer null if it was not given */
    public static boolean isReplica(Response answer) {
        return answer != null
                && answer.size() > 0
                && !"master".equals(answer.get(0).toString());
    }
}
