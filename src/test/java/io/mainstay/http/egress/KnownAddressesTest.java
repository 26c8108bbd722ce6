package io.mainstay.http.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KnownAddressesTest {

    private final List<CompletableFuture<List<InetAddress>>> lookups = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final KnownAddresses names = new KnownAddresses(this::lookUp, Duration.ofMillis(50), clock::get);

    private CompletableFuture<List<InetAddress>> lookUp(String host) {
        lookups.add(new CompletableFuture<>());
        return lookups.get(lookups.size() - 1);
    }

    @Test
    void whoAsksMeanwhileSharesALookupAndSoDoesWhoAsksSoonAfter() {
        CompletableFuture<List<InetAddress>> first = names.of("a.example");
        CompletableFuture<List<InetAddress>> second = names.of("a.example");
        lookups.get(0).complete(addresses(1));

        assertThat(first.join()).isEqualTo(second.join()).isEqualTo(addresses(1));
        pass(KnownAddresses.KEPT.minusMillis(1));
        assertThat(names.of("a.example").join()).isEqualTo(addresses(1));
        assertThat(lookups).hasSize(1);

        pass(Duration.ofMillis(1));
        names.of("a.example");
        assertThat(lookups).hasSize(2);
    }

    @Test
    void aFailureIsKnownForASecond() {
        names.of("a.example");
        lookups.get(0).completeExceptionally(new IOException("no"));

        assertThat(names.of("a.example")).isCompletedExceptionally();
        assertThat(lookups).hasSize(1);
        pass(KnownAddresses.FAILURES_KEPT);
        names.of("a.example");
        assertThat(lookups).hasSize(2);
    }

    @Test
    void aLookupWithoutAnAnswerEnds() {
        CompletableFuture<List<InetAddress>> addresses = names.of("a.example");

        assertThatThrownBy(addresses::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void whatCannotBeConnectedToIsNoLongerTheFirst() {
        names.of("a.example");
        lookups.get(0).complete(addresses(1, 2, 3));

        names.unreachable("a.example", "192.0.2.1");
        names.unreachable("a.example", "192.0.2.1");
        names.unreachable("other.example", "192.0.2.1");

        assertThat(names.of("a.example").join()).isEqualTo(addresses(2, 3, 1));
    }

    @Test
    void onlySoManyNamesAreKnown() {
        for (int i = 0; i <= 1000; i++) {
            names.of(i + ".example");
        }
        lookups.forEach(lookup -> lookup.complete(addresses(1)));
        names.of("1000.example");
        assertThat(lookups).hasSize(1001);
        names.of("0.example");
        assertThat(lookups).hasSize(1002);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static List<InetAddress> addresses(int... last) {
        List<InetAddress> addresses = new ArrayList<>();
        for (int part : last) {
            try {
                addresses.add(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) part}));
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }
        return addresses;
    }
}
