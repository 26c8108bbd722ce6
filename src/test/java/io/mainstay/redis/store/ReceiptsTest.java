package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.queue.Claimed;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Receipts of claims rest on no key that expires, and claimants that are gone leave nothing. */
class ReceiptsTest extends RedisSteps {

    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int CLAIMANTS = 25;

    @Test
    void noKeyThatAClaimWritesExpires() {
        enqueue("a");
        claim("worker", "t", 1, HOUR);

        Response keys = send(Command.KEYS, "*");
        assertThat(keys).isNotEmpty();
        for (Response key : keys) {
            Response expires = send(Command.PTTL, key);
            assertThat(expires.toLong()).as("%s", key).isEqualTo(-1);
        }
    }

    @Test
    void receiptsOfClaimantsThatAreGoneAreRemovedByClaimsThatFindNothing() {
        claimByMany();
        assertThat(count(Command.EXISTS, KEYS.receipts())).isEqualTo(1);
        redis.letPass(MOMENT);

        for (int i = 0; i < CLAIMANTS; i++) {
            claim("sweeper", "s" + i, 0, HOUR);
        }

        assertThat(count(Command.EXISTS, KEYS.receipts())).isZero();
        assertThat(count(Command.EXISTS, KEYS.claimants())).isZero();
    }

    @Test
    void newClaimantsRemoveThoseThatAreGone() {
        claimByMany();
        redis.letPass(MOMENT);
        for (int i = 0; i < 5; i++) {
            enqueue("later-" + i);
            assertThat(claim("new-" + i, "n" + i, 1, HOUR).jobs()).hasSize(1);
        }

        assertThat(count(Command.HLEN, KEYS.receipts())).isEqualTo(5);
        assertThat(count(Command.ZCARD, KEYS.claimants())).isEqualTo(5);
    }

    @Test
    void receiptOfAClaimantThatGoesOnClaimingStays() {
        enqueue("a");
        enqueue("b");
        claim("worker", "t1", 1, MOMENT);
        claim("worker", "t2", 1, HOUR);
        redis.letPass(MOMENT);
        claim("sweeper", "s1", 0, HOUR);

        Claimed again = claim("worker", "t2", 1, HOUR);
        assertThat(again.jobs()).hasSize(1);
        assertThat(again.jobs().get(0).status().attempt()).isEqualTo(1);
        assertThat(count(Command.HLEN, KEYS.receipts())).isEqualTo(1);
    }

    private void claimByMany() {
        for (int i = 0; i < CLAIMANTS; i++) {
            enqueue("job-" + i);
            assertThat(claim("worker-" + i, "t" + i, 1, MOMENT).jobs()).hasSize(1);
        }
    }

    private long count(Command command, String key) {
        return send(command, key).toLong();
    }
}
