package io.mainstay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemedyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOSCRIPT No matching script. Please use EVAL. | RETRY_HERE",
                "READONLY You can't write against a read only replica. | RECONNECT",
                "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'. | RECONNECT",
                "NOAUTH Authentication required. | RECONNECT",
                "CONNECTION_CLOSED | RECONNECT",
                "LOADING Redis is loading the dataset in memory | BACK_OFF",
                "OOM command not allowed when used memory > 'maxmemory'. | TELL_CALLER",
                "MISCONF Errors writing to the AOF file: No space left on device | BACK_OFF",
                "CLUSTERDOWN The cluster is down | BACK_OFF",
                "ERR Error running script (call to f_1): @user_script:9: @user_script: 9: -READONLY You can't | RECONNECT",
                "ERR Error running script (call to f_1): @user_script:9: @user_script: 9: -OOM command not | TELL_CALLER",
                "WRONGTYPE Operation against a key holding the wrong kind of value | TELL_CALLER",
                "ERR wrong number of arguments | TELL_CALLER"
            })
    void replyIsAnsweredByItsKind(String reply, Remedy remedy) {
        assertThat(Remedy.ofReply(reply)).isEqualTo(remedy);
    }

    @Test
    void lossOfTheConnectionAsksForANewOne() {
        assertThat(Remedy.of(new LinkLostException("gone", null))).isEqualTo(Remedy.RECONNECT);
    }
}
