package io.mainstay.workers;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.security.QueuePatterns;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/** A page of workers as shown; {@code next} is null, and not shown, on the last. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record WorkerList(List<WorkerView> workers, String next) {

    static WorkerList of(WorkerPage page, Map<String, HeldJobs.OfWorker> held, QueuePatterns seen) {
        return new WorkerList(
                page.workers().stream()
                        .map(worker -> WorkerView.of(worker, held, seen))
                        .toList(),
                page.next().map(WorkerId::cursor).orElse(null));
    }
}
