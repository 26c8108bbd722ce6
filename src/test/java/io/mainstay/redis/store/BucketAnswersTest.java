package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.SimpleStringType;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** A bucket is one shard's; a dead one must not take the others' answers with it. */
class BucketAnswersTest {

    private static final Response ANSWER = SimpleStringType.create("answer");

    @Test
    void allBucketsAreAsked() {
        assertThat(answers(bucket -> Uni.createFrom().item(ANSWER))).hasSize(Buckets.COUNT);
    }

    @Test
    void bucketsThatFailAreLeftOut() {
        assertThat(answers(bucket -> bucket % 4 == 1 ? away() : Uni.createFrom().item(ANSWER)))
                .hasSize(24);
    }

    @Test
    void bucketsThatAreSilentAreNotWaitedForLongOnceOthersAnswered() {
        assertThat(answers(bucket -> bucket % 4 == 1
                        ? Uni.createFrom().nothing()
                        : Uni.createFrom().item(ANSWER)))
                .hasSize(24);
    }

    @Test
    void whoIsToldNothingAtAllHearsWhy() {
        assertThatThrownBy(() -> answers(bucket -> away())).isInstanceOf(StoreUnavailableException.class);
    }

    private static Uni<Response> away() {
        return Uni.createFrom().failure(new StoreUnavailableException("away", new IllegalStateException("x")));
    }

    private static List<Response> answers(IntFunction<Uni<Response>> question) {
        return BucketAnswers.of(question).await().atMost(Duration.ofSeconds(20));
    }
}
