package io.mainstay.fuzz;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts that match a pattern of the kind that the API has: character classes, each with how often it comes. */
final class PatternText {

    private static final Pattern PART =
            Pattern.compile("\\[((?:[^\\]\\\\]|\\\\.)+)](?:\\{(\\d+)(?:,(\\d+))?}|([+*]))?");
    private static final int MANY = 20;

    private PatternText() {}

    /** @return nothing if the pattern is of another kind */
    static Optional<String> matching(String pattern, RandomGenerator random) {
        String inner = pattern.replaceFirst("^\\^", "").replaceFirst("\\$$", "");
        Matcher part = PART.matcher(inner);
        StringBuilder text = new StringBuilder();
        int end = 0;
        while (end < inner.length()) {
            if (!part.find(end) || part.start() != end) {
                return Optional.empty();
            }
            String letters = letters(part.group(1));
            for (int count = count(part, random); count > 0; count--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            end = part.end();
        }
        return Optional.of(text.toString());
    }

    private static int count(Matcher part, RandomGenerator random) {
        if (part.group(4) != null) {
            return 1 + random.nextInt(MANY);
        }
        int least = part.group(2) == null ? 1 : Integer.parseInt(part.group(2));
        int most = part.group(3) == null ? least : Integer.parseInt(part.group(3));
        // Both ends, and now and then what is between them.
        return switch (random.nextInt(8)) {
            case 0 -> least;
            case 1 -> most;
            default -> least + random.nextInt(Math.min(most - least, MANY) + 1);
        };
    }

    private static String letters(String characterClass) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < characterClass.length(); i++) {
            char first = characterClass.charAt(i);
            if (i + 2 < characterClass.length() && characterClass.charAt(i + 1) == '-') {
                for (char letter = first; letter <= characterClass.charAt(i + 2); letter++) {
                    letters.append(letter);
                }
                i += 2;
            } else {
                letters.append(first);
            }
        }
        return letters.toString();
    }
}
