package io.mainstay.bench;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.list.ReactiveListCommands;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Takes a request body, pushes it to a list as it is, answers 201 with the list's length; all on the event loop. */
@Path("/jobs")
public class LpushResource {

    private final ReactiveListCommands<String, String> lists;

    LpushResource(ReactiveRedisDataSource redis) {
        this.lists = redis.list(String.class);
    }

    @POST
    public Uni<Response> push(String body) {
        return lists.lpush("jobs", body)
                .map(length -> Response.status(Response.Status.CREATED)
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity("{\"length\":" + length + "}")
                        .build());
    }

    @GET
    public Uni<Long> length() {
        return lists.llen("jobs");
    }
}
