package io.mainstay.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are what CLUSTER KEYSLOT of Redis 7.0 answers. */
class SlotsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "123456789 | 12739",
                "foo | 12182",
                "ms:queues | 9733",
                "ms:{mail}:job:1 | 4247",
                "mail | 4247",
                "{}x | 10595",
                "a{}{b} | 15033",
                "a{{b}} | 6215",
                "a{b | 13340",
                "a}b{c} | 7365",
                "mé{ü} | 9552"
            })
    void keyHasTheSlotThatRedisGivesIt(String key, int slot) {
        assertThat(Slots.of(key)).isEqualTo(slot);
    }
}
