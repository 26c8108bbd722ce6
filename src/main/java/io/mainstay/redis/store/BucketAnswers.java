package io.mainstay.redis.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What buckets answer that are asked at once. Once one has answered, the others have {@value #LATE_MS} ms, so that a dead shard
 * holds up nobody for long.
 */
final class BucketAnswers {

    private static final long LATE_MS = 1000;

    private final IntFunction<Uni<Response>> question;
    private final CompletableFuture<Optional<Response>> late = new CompletableFuture<>();
    private volatile Throwable failure;

    private BucketAnswers(IntFunction<Uni<Response>> question) {
        this.question = question;
    }

    /** Of those that answered; fails if none did. */
    static Uni<List<Response>> of(IntFunction<Uni<Response>> question) {
        return Uni.createFrom().deferred(() -> new BucketAnswers(question).all());
    }

    private Uni<List<Response>> all() {
        return Multi.createFrom()
                .iterable(IntStream.range(0, Buckets.COUNT).boxed().toList())
                .onItem()
                .transformToUni(this::one)
                .merge(Buckets.COUNT)
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList()
                .invoke(answers -> {
                    if (answers.isEmpty()) {
                        throw asRuntime(failure);
                    }
                });
    }

    private Uni<Optional<Response>> one(int bucket) {
        Uni<Optional<Response>> answer = question.apply(bucket)
                .map(Optional::of)
                .invoke(() -> late.completeOnTimeout(Optional.empty(), LATE_MS, TimeUnit.MILLISECONDS))
                .onFailure()
                .invoke(each -> failure = each)
                .onFailure()
                .recoverWithItem(Optional.empty());
        // A copy, for the one that is not needed any more is cancelled.
        return Uni.combine().any().of(answer, Uni.createFrom().completionStage(late::copy));
    }

    private static RuntimeException asRuntime(Throwable failure) {
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
}
