package io.mainstay.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/** Random cron expressions of all that may be written, by a seed. */
final class CronTexts {

    private static final List<String> MONTHS =
            List.of("JAN", "feb", "Mar", "APR", "may", "JUN", "JUL", "AUG", "sep", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "mon", "Tue", "WED", "thu", "FRI", "SAT");
    private static final List<String> NICKNAMES =
            List.of("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually");
    private static final String LETTERS = "*,-/#LW?@ 0123456789MONFRIJADEC+";

    private final Random random;

    CronTexts(Random random) {
        this.random = random;
    }

    String next() {
        if (one(100)) {
            return NICKNAMES.get(random.nextInt(NICKNAMES.size()));
        }
        List<String> fields = new ArrayList<>();
        if (one(4)) {
            fields.add(field(() -> plain(0, 59, 59)));
        }
        fields.add(field(() -> plain(0, 59, 59)));
        fields.add(field(() -> plain(0, 23, 23)));
        fields.add(field(this::day));
        fields.add(one(2) ? "*" : field(() -> one(3) ? any(MONTHS) : plain(1, 12, 12)));
        fields.add(field(this::weekday));
        return String.join(one(20) ? "  " : " ", fields);
    }

    /** Like {@link #next}, with one to three letters put in, taken out or exchanged. Most are no expressions. */
    String spoilt() {
        StringBuilder text = new StringBuilder(next());
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(text.length());
            char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, letter);
                case 1 -> text.setCharAt(at, letter);
                default -> text.replace(at, at + 1, text.length() > 1 ? "" : "*");
            }
        }
        return text.toString();
    }

    private String field(Supplier<String> item) {
        if (one(3)) {
            return "*";
        }
        List<String> items = new ArrayList<>();
        do {
            items.add(item.get());
        } while (one(3) && items.size() < 5);
        return String.join(",", items);
    }

    private String day() {
        if (one(4)) {
            return one(3) ? "L-" + (1 + random.nextInt(30)) : one(4) ? "l" : "L";
        }
        return plain(1, 31, 31);
    }

    private String weekday() {
        String one = one(2) ? any(WEEKDAYS) : Integer.toString(random.nextInt(8));
        String other = one(2) ? any(WEEKDAYS).toLowerCase(Locale.ROOT) : Integer.toString(random.nextInt(8));
        String step = "/" + (1 + random.nextInt(6));
        return switch (random.nextInt(8)) {
            case 0, 1 -> one;
            case 2 -> one + "-" + other;
            case 3 -> one + "-" + other + step;
            case 4 -> one + step;
            case 5 -> one + "#" + (1 + random.nextInt(5));
            case 6 -> one + "L";
            default -> "*/" + (2 + random.nextInt(5));
        };
    }

    private String plain(int least, int most, int longest) {
        int from = least + random.nextInt(most - least + 1);
        int to = from + random.nextInt(most - from + 1);
        int step = 1 + random.nextInt(one(2) ? longest : 6);
        return switch (random.nextInt(6)) {
            case 0, 1 -> one(5) ? "%02d".formatted(from) : Integer.toString(from);
            case 2 -> from + "-" + to;
            case 3 -> from + "-" + to + "/" + step;
            case 4 -> from + "/" + step;
            default -> "*/" + Math.max(2, step);
        };
    }

    private String any(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    private boolean one(int of) {
        return random.nextInt(of) == 0;
    }
}
