package io.mainstay.api;

import java.util.List;
import java.util.Random;

/** JSON in all its spellings: what a parser and a writer would change between them. */
final class JsonTexts {

    private static final List<String> BLANKS = List.of("", "", " ", "\t", "\n", " \r\n ");
    private static final List<String> PLAIN = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-0.0",
            "1.50",
            "1e400",
            "1E+2",
            "10e-0",
            "123456789012345678901234567890",
            "\"\"",
            "\"a\\/b\"",
            "\"\\u00e9é\"",
            "\"\\ud834\\udd1e𝄞\"",
            "\"\\ud800\"",
            "\"\\u0000\\b\"",
            "\"</script>\"",
            "\"\u007f\u2028\ufeff\"",
            "\"\\\\\\\"\"");

    private JsonTexts() {}

    static String random(Random random) {
        return value(random, 3);
    }

    private static String value(Random random, int depth) {
        int kind = random.nextInt(4);
        if (depth == 0 || kind < 2) {
            return PLAIN.get(random.nextInt(PLAIN.size()));
        }
        StringBuilder text = new StringBuilder(kind == 2 ? "[" : "{").append(blank(random));
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",").append(blank(random));
            if (kind == 3) {
                text.append("\"\\u006b")
                        .append(i)
                        .append('"')
                        .append(blank(random))
                        .append(':')
                        .append(blank(random));
            }
            text.append(value(random, depth - 1)).append(blank(random));
        }
        return text.append(kind == 2 ? "]" : "}").toString();
    }

    private static String blank(Random random) {
        return BLANKS.get(random.nextInt(BLANKS.size()));
    }
}
