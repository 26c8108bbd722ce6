package io.mainstay.health;

import io.mainstay.queue.WorkerStatus;
import io.mainstay.security.SecurityConfig;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready to take requests: the store, or the other one where there are two, answers and is not refused for how it is set up, and shutdown has not begun. It reads through the store's own connections,
 * so it says what a request would find. Where the store has shards one that answers is enough: another instance would find the
 * same dead, and none at all would be ready for the queues of the others.
 */
@Singleton
@Readiness
class StoreReadiness implements AsyncHealthCheck {

    private final StoreProbe probe;
    private final StoreFitness fitness;
    private final Optional<WorkerStatus> workers;
    private final boolean secured;

    @Inject
    StoreReadiness(StoreProbe probe, StoreFitness fitness, Instance<WorkerStatus> workers, SecurityConfig security) {
        this(
                probe,
                fitness,
                workers.isResolvable() ? Optional.of(workers.get()) : Optional.empty(),
                security.enabled());
    }

    StoreReadiness(StoreProbe probe, StoreFitness fitness, Optional<WorkerStatus> workers, boolean secured) {
        this.secured = secured;
        this.probe = probe;
        this.fitness = fitness;
        this.workers = workers;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.combine().all().unis(probe.look(), others()).with(this::response);
    }

    private HealthCheckResponse response(StoreAnswer answer, List<OtherStore> seen) {
        boolean reached = answer instanceof StoreAnswer.Reached;
        Optional<String> refusal = fitness.refusal();
        List<String> warnings = warnings(fitness, reached);
        boolean draining = workers.map(WorkerStatus::draining).orElse(false);
        boolean firstTakesJobs = reached && refusal.isEmpty();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("mainstay-store")
                .status(!draining && (firstTakesJobs || seen.stream().anyMatch(OtherStore::takesJobs)))
                .withData("draining", draining)
                .withData("security", secured);
        if (answer instanceof StoreAnswer.Reached some && !some.silent().isEmpty()) {
            response.withData("silentShards", String.join(", ", some.silent()));
        }
        if (!warnings.isEmpty()) {
            response.withData("warnings", String.join("; ", warnings));
        }
        if (refusal.isPresent()) {
            response.withData("reason", refusal.get());
        } else if (answer instanceof StoreAnswer.Unreachable unreachable) {
            response.withData("reason", late(unreachable, fitness));
        } else if (draining) {
            response.withData("reason", "shutting down");
        }
        if (!seen.isEmpty()) {
            response.withData("first", firstTakesJobs);
        }
        seen.forEach(other -> other.tell(response));
        return response.build();
    }

    /** One whose connections are configured wrong, though others answer, is a warning. */
    private static List<String> warnings(StoreFitness fitness, boolean reached) {
        return Stream.of(
                        fitness.warnings().stream(),
                        fitness.writeRefusal().stream(),
                        reached ? fitness.faults().stream() : Stream.<String>empty())
                .flatMap(texts -> texts)
                .toList();
    }

    private static String late(StoreAnswer.Unreachable unreachable, StoreFitness fitness) {
        String late = "the store did not answer within " + unreachable.waited();
        return fitness.faults().isEmpty() ? late : late + ": " + String.join("; ", fitness.faults());
    }

    private Uni<List<OtherStore>> others() {
        List<StoreWatch> watches = probe.others().all();
        return watches.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Multi.createFrom()
                        .iterable(watches)
                        .onItem()
                        .transformToUniAndMerge(watch -> watch.look().map(answer -> new OtherStore(watch, answer)))
                        .collect()
                        .asList();
    }

    /** What was found of a store besides the first. */
    private record OtherStore(StoreWatch watch, StoreAnswer answer) {

        boolean takesJobs() {
            return answer instanceof StoreAnswer.Reached
                    && watch.fitness().refusal().isEmpty();
        }

        void tell(HealthCheckResponseBuilder response) {
            String name = watch.name();
            response.withData(name, takesJobs());
            if (answer instanceof StoreAnswer.Reached some && !some.silent().isEmpty()) {
                response.withData(name + "SilentShards", String.join(", ", some.silent()));
            }
            List<String> warnings = warnings(watch.fitness(), answer instanceof StoreAnswer.Reached);
            if (!warnings.isEmpty()) {
                response.withData(name + "Warnings", String.join("; ", warnings));
            }
            watch.fitness()
                    .refusal()
                    .or(() -> answer instanceof StoreAnswer.Unreachable unreachable
                            ? Optional.of(late(unreachable, watch.fitness()))
                            : Optional.empty())
                    .ifPresent(reason -> response.withData(name + "Reason", reason));
        }
    }
}
