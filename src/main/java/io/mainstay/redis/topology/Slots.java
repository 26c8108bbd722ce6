package io.mainstay.redis.topology;

import java.nio.charset.StandardCharsets;

/** Slots of keys, as the Redis cluster specification has them: CRC16 (XMODEM) of the hash tag, else of the key. */
public final class Slots {

    public static final int COUNT = 16384;

    private static final int POLYNOMIAL = 0x1021;

    private Slots() {}

    public static int of(String key) {
        int open = key.indexOf('{');
        int close = open < 0 ? -1 : key.indexOf('}', open + 1);
        return crc16(close > open + 1 ? key.substring(open + 1, close) : key) % COUNT;
    }

    private static int crc16(String text) {
        int crc = 0;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            crc ^= (octet & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
        }
        return crc & 0xffff;
    }
}
