package io.mainstay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuietTargetsTest {

    private static final SocketAddress TARGET = new InetSocketAddress("127.0.0.1", 1);
    private static final SocketAddress OTHER = new InetSocketAddress("127.0.0.1", 2);

    private final AtomicLong now = new AtomicLong();
    private final QuietTargets targets = new QuietTargets(Duration.ofSeconds(1), 2, now::get);

    @Test
    void asManyQuietConnectionsAsAskedForProveATargetAndNoOther() {
        prove(TARGET);

        assertThat(targets.proven(TARGET)).isTrue();
        assertThat(targets.proven(OTHER)).isFalse();
        assertThat(targets.beginWatch(TARGET)).isFalse();
    }

    @Test
    void noMoreConnectionsAreWatchedThanProofsAreMissing() {
        assertThat(targets.beginWatch(TARGET)).isTrue();
        assertThat(targets.beginWatch(TARGET)).isTrue();
        assertThat(targets.beginWatch(TARGET)).isFalse();

        targets.endWatch(TARGET, false);
        assertThat(targets.beginWatch(TARGET)).isTrue();
        assertThat(targets.proven(TARGET)).isFalse();
    }

    @Test
    void anOddTargetMayProveItselfAgainAfterTenMinutes() {
        prove(TARGET);
        targets.odd(TARGET);
        assertThat(targets.proven(TARGET)).isFalse();
        assertThat(targets.beginWatch(TARGET)).isFalse();

        now.addAndGet(TimeUnit.MINUTES.toNanos(10));
        prove(TARGET);
        assertThat(targets.proven(TARGET)).isTrue();
    }

    @Test
    void targetsThatWereNotCalledForLongestAreForgotten() {
        prove(TARGET);
        prove(OTHER);
        for (int port = 10; port < 1009; port++) {
            targets.proven(TARGET);
            targets.proven(new InetSocketAddress("127.0.0.1", port));
        }

        assertThat(targets.proven(TARGET)).isTrue();
        assertThat(targets.proven(OTHER)).isFalse();
    }

    private void prove(SocketAddress target) {
        for (int i = 0; i < 2; i++) {
            assertThat(targets.beginWatch(target)).isTrue();
            targets.endWatch(target, true);
        }
    }
}
