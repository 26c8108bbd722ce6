package io.mainstay.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Bodies as bytes: damaged, and in chunks. */
final class BodyBytes {

    private static final List<byte[]> INVALID = List.of(
            bytes(0xc0, 0xaf),
            bytes(0xed, 0xa0, 0x80),
            bytes(0xff),
            bytes(0xf8, 0x88, 0x80, 0x80, 0x80),
            bytes(0xe2, 0x82),
            bytes(0),
            bytes(0xef, 0xbb, 0xbf),
            bytes(0x1f, 0x8b));

    private static final List<String> SIZES = List.of(
            "zz\r\n",
            "-1\r\n",
            "ffffffffffffffffff\r\n",
            "7fffffff\r\n",
            "0x1\r\n",
            "\r\n",
            "1;" + "a".repeat(20_000) + "\r\n",
            "1 \r\nab\r\n",
            "5\na",
            "0\r\nContent-Length: 5\r\n\r\n",
            "0\r\nno colon\r\n\r\n");

    private BodyBytes() {}

    static byte[] odd(String text, RandomGenerator random) {
        byte[] whole = text.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(8)) {
            case 0 -> new byte[0];
            case 1 -> " \n\t".getBytes(StandardCharsets.UTF_8);
            case 2 -> Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            case 3 -> (text + text).getBytes(StandardCharsets.UTF_8);
            case 4 -> text.getBytes(StandardCharsets.UTF_16);
            case 5 -> ("\ufeff" + text).getBytes(StandardCharsets.UTF_8);
            case 6 -> ("[" + (text + ",").repeat(100) + text + "]").getBytes(StandardCharsets.UTF_8);
            default -> with(whole, INVALID.get(random.nextInt(INVALID.size())), random.nextInt(whole.length + 1));
        };
    }

    static byte[] chunked(byte[] body, RandomGenerator random) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; ) {
            int size = Math.min(body.length - at, 1 + random.nextInt(body.length));
            chunks.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunks.write(body, at, size);
            chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            at += size;
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunks.toByteArray();
    }

    /** Ends, or breaks off, as no sender may. */
    static byte[] oddlyChunked(byte[] body, RandomGenerator random) {
        byte[] whole = chunked(body, random);
        byte[] odd = SIZES.get(random.nextInt(SIZES.size())).getBytes(StandardCharsets.US_ASCII);
        return with(Arrays.copyOf(whole, whole.length - 5), odd, whole.length - 5);
    }

    private static byte[] with(byte[] whole, byte[] part, int at) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(whole, 0, at);
        all.writeBytes(part);
        all.write(whole, at, whole.length - at);
        return all.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
