package io.mainstay.lease.extend;

import io.mainstay.job.QueueName;
import io.mainstay.lease.LeaseToken;
import io.mainstay.lease.report.LeaseProblems;
import io.mainstay.queue.CallSize;
import io.mainstay.queue.JobNote;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.StoreClock;
import io.mainstay.rest.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings what attempts elsewhere say of themselves to the store, as those of this process do. Thread-safe. */
@Singleton
final class LeaseNotes {

    private static final int MOST_PER_CALL = 50;

    private final LeaseStore store;
    private final StoreClock clock;
    private final LineNumbers numbers = new LineNumbers();

    /** @param place among the leases of its request */
    record Said(int place, LeaseToken token, Extension extension) {

        private QueueName queue() {
            return token.attempt().queue();
        }
    }

    LeaseNotes(LeaseStore store, StoreClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Never fails. @return by place, why something was not written */
    Uni<Map<Integer, Problem>> write(List<Said> all) {
        Map<QueueName, List<Said>> byQueue = new LinkedHashMap<>();
        all.stream().filter(said -> said.extension().saysSomething()).forEach(said -> byQueue.computeIfAbsent(
                        said.queue(), unknown -> new ArrayList<>())
                .add(said));
        Uni<Map<Integer, Problem>> failed = Uni.createFrom().item(new LinkedHashMap<>());
        for (Map.Entry<QueueName, List<Said>> each : byQueue.entrySet()) {
            failed = failed.flatMap(
                    problems -> write(each.getKey(), each.getValue(), problems).replaceWith(problems));
        }
        return failed;
    }

    private Uni<Void> write(QueueName queue, List<Said> some, Map<Integer, Problem> problems) {
        return clock.now(queue)
                .flatMap(now -> {
                    Uni<Void> written = Uni.createFrom().voidItem();
                    List<Map.Entry<Said, JobNote>> notes = some.stream()
                            .map(said -> Map.entry(said, note(said, now)))
                            .toList();
                    for (var part : CallSize.split(
                            notes, MOST_PER_CALL, note -> note.getValue().bytes())) {
                        List<JobNote> texts =
                                part.stream().map(Map.Entry::getValue).toList();
                        written = written.chain(() -> store.note(queue, texts)).replaceWithVoid();
                    }
                    return written;
                })
                .onFailure()
                .recoverWithItem(failure -> {
                    Problem problem = LeaseProblems.of(failure);
                    some.forEach(said -> problems.put(said.place(), problem));
                    return null;
                });
    }

    private JobNote note(Said said, Instant now) {
        Extension extension = said.extension();
        long first =
                extension.log().isEmpty() ? 1 : extension.logFrom() == null ? numbers.next(now) : extension.logFrom();
        return new JobNote(
                said.token().lease(),
                said.token().attempt().attempt(),
                extension.said(),
                first,
                extension.log().stream()
                        .map(line -> new JobNote.Line(Duration.ZERO, line))
                        .toList());
    }
}
