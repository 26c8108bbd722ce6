package io.mainstay.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDecisionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "NOSCRIPT No matching script. Please use EVAL. | RETRY_HERE",
                "READONLY You can't write against a read only replica. | RECONNECT",
                "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'. | RECONNECT",
                "UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?) | RECONNECT",
                "MOVED 3999 127.0.0.1:6381 | REROUTE",
                "ASK 3999 127.0.0.1:6381 | REROUTE",
                "NOAUTH Authentication required. | RECONNECT",
                "WRONGPASS invalid username-password pair or user is disabled. | RECONNECT",
                "ERR max number of clients reached | RECONNECT",
                "CONNECTION_CLOSED | RECONNECT",
                "LOADING Redis is loading the dataset in memory | BACK_OFF",
                "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE. | BACK_OFF",
                "TRYAGAIN Multiple keys request during rehashing of slot | BACK_OFF",
                "CLUSTERDOWN The cluster is down | REROUTE",
                "NOREPLICAS Not enough good replicas to write. | BACK_OFF",
                "MISCONF Errors writing to the AOF file: No space left on device | BACK_OFF",
                "OOM command not allowed when used memory > 'maxmemory'. | TELL_CALLER",
                "WRONGTYPE Operation against a key holding the wrong kind of value | TELL_CALLER",
                "ERR wrong number of arguments | TELL_CALLER",
                "NOPERM this user has no permissions to run the 'evalsha' command | STOP"
            })
    void replyIsAnsweredByItsKind(String reply, RetryDecision decision) {
        assertThat(RetryDecision.ofReply(reply)).isEqualTo(decision);
    }

    /** As Redis 6.2 has it; from 7 on the code of what the script ran into comes first. */
    @ParameterizedTest
    @CsvSource({
        "READONLY You can't write against a read only replica., RECONNECT",
        "OOM command not allowed when used memory > maxmemory., TELL_CALLER",
        "MISCONF Redis is configured to save RDB snapshots, BACK_OFF",
        "NOREPLICAS Not enough good replicas to write., BACK_OFF",
        "NOPERM this user has no permissions to access one of the keys, STOP"
    })
    void replyWithinAScriptsErrorIsAnsweredByItsKind(String reply, RetryDecision decision) {
        assertThat(RetryDecision.ofReply(
                        "ERR Error running script (call to f_1): @user_script:9: @user_script: 9: -" + reply))
                .isEqualTo(decision);
    }

    @Test
    void lossOfTheConnectionAsksForANewOne() {
        assertThat(RetryDecision.of(new LinkLostException("gone", null))).isEqualTo(RetryDecision.RECONNECT);
    }
}
