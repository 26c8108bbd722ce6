package io.mainstay.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.health.LinkKind;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteWatchTest {

    private final AtomicLong nanos = new AtomicLong();
    private final WriteWatch watch = new WriteWatch(StoreName.FIRST, nanos::get, refused -> {});

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OOM command not allowed when used memory > 'maxmemory'. | it is full",
                "READONLY You can't write against a read only replica. | it is a read-only replica",
                "MISCONF Redis is configured to save RDB snapshots | it cannot write to its disk",
                "NOREPLICAS Not enough good replicas to write. | it has fewer replicas",
                "NOPERM this user has no permissions to run the 'evalsha' command | set its rights with ACL SETUSER",
            })
    void refusalSaysWhatToDo(String reply, String said) {
        watch.failed(new Named("a"), ErrorType.create(reply));

        assertThat(watch.refusal())
                .hasValueSatisfying(why ->
                        assertThat(why).startsWith("Redis refuses writes: ").contains(said));
    }

    @Test
    void whatIsNoRefusalIsNotToldOf() {
        watch.failed(new Named("a"), ErrorType.create("LOADING Redis is loading the dataset in memory"));

        assertThat(watch.refusal()).isEmpty();
    }

    @Test
    void refusalIsOverWhenTheSameScriptIsTakenOrNobodyTriesForLong() {
        watch.failed(new Named("a"), ErrorType.create("OOM command not allowed"));
        watch.took(new Named("b"));
        assertThat(watch.refusal()).isPresent();
        watch.took(new Named("a"));
        assertThat(watch.refusal()).isEmpty();

        watch.failed(new Named("a"), ErrorType.create("OOM command not allowed"));
        nanos.addAndGet(Duration.ofMinutes(3).toNanos());
        assertThat(watch.refusal()).isEmpty();
    }

    private record Named(String sha) implements LuaScript {

        @Override
        public LinkKind link() {
            return LinkKind.WRITES;
        }

        @Override
        public String text() {
            return "";
        }
    }
}
