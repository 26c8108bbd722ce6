package io.mainstay.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * What a server answered.
 *
 * @param status three digits
 * @param headers by name, whatever the case
 * @param body its beginning, no longer than the limit
 * @param cut whether there was more of it
 */
record Answer(int status, MultiMap headers, Buffer body, boolean cut) {}
