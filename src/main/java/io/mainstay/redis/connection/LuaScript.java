package io.mainstay.redis.connection;

import io.mainstay.health.LinkKind;

/** A script that Redis runs. */
public interface LuaScript {

    /** The kind of link that it is sent on, unless it is to be durable. */
    LinkKind link();

    String text();

    /** What EVALSHA knows it by. */
    String sha();
}
