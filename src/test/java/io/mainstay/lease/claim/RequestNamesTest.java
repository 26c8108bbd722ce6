package io.mainstay.lease.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.security.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestNamesTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final long NOW = 1_795_873_536_792L;

    @Test
    void theSameRequestHasTheSameNameForAWhile() {
        assertThat(name(request(2), "k", NOW + 1)).isEqualTo(name(request(2), "k", NOW));
    }

    @Test
    void aKeyThatIsUsedAgainAfterItsLeaseHasAnotherToken() {
        Ask.Name first = name(request(2), "k", NOW);
        Ask.Name later = name(request(2), "k", NOW + LEASE.toMillis());

        assertThat(later.claimant()).isEqualTo(first.claimant());
        assertThat(later.token()).isNotEqualTo(first.token());
        assertThat(RequestNames.sameRequest(first.token(), later.token())).isTrue();
    }

    @Test
    void anotherRequestUnderTheKeyIsToldApart() {
        assertThat(RequestNames.sameRequest(
                        name(request(2), "k", NOW).token(),
                        name(request(3), "k", NOW).token()))
                .isFalse();
    }

    /** Redis packs small hashes only while no value of theirs is longer than 64 bytes, and "release" and a token are one value. */
    @Test
    void tokensStayShort() {
        LeaseRequest request = request("a".repeat(64), 1000, Duration.ofSeconds(1));

        assertThat("release " + name(request, "k".repeat(255), NOW).token()).hasSizeLessThanOrEqualTo(64);
    }

    private static Ask.Name name(LeaseRequest request, String key, long now) {
        return RequestNames.at(
                RequestNames.of(Caller.UNRESTRICTED, request, key), request.lease(), Instant.ofEpochMilli(now));
    }

    private static LeaseRequest request(int max) {
        return request("w", max, LEASE);
    }

    private static LeaseRequest request(String worker, int max, Duration lease) {
        return new LeaseRequest(
                worker, List.of(new QueueName("mail")), List.of(new HandlerName("send")), max, lease, null, null, null);
    }
}
