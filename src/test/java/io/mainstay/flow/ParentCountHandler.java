package io.mainstay.flow;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.Outcome;
import io.mainstay.handler.ParentResult;
import io.mainstay.handler.ParentResults;
import io.mainstay.job.Json;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

/** Answers with what its parents came to. */
@Singleton
@Identifier("test-parents")
class ParentCountHandler implements AsyncJobHandler {

    private final ParentResults parents;

    ParentCountHandler(ParentResults parents) {
        this.parents = parents;
    }

    @Override
    public Uni<Outcome> start(JobContext job) {
        return parents.of(job)
                .map(found -> Outcome.success(new Json(
                        found.stream().map(ParentCountHandler::text).collect(Collectors.joining(", ", "[", "]")))));
    }

    private static String text(ParentResult parent) {
        String end = parent.end().map(state -> state.wireName()).orElse("none");
        return "\"%s %s %s\""
                .formatted(parent.name(), end, parent.result().map(Json::text).orElse("-"));
    }
}
