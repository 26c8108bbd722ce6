package io.mainstay.redis.mirror;

import io.mainstay.mirror.MirroredJob;
import io.vertx.redis.client.Response;
import java.util.List;

/**
 * A job's hash but for what only its store has a use for, and its payload: empty if it was not read.
 *
 * @param fields names and values, as scripts answer them
 */
record RedisMirroredJob(String payload, List<String> fields) implements MirroredJob {

    static RedisMirroredJob of(Response payload, Response fields) {
        return new RedisMirroredJob(
                payload.toString(), fields.stream().map(Response::toString).toList());
    }

    @Override
    public long bytes() {
        long bytes = payload.length();
        for (String field : fields) {
            bytes += field.length();
        }
        return bytes;
    }
}
