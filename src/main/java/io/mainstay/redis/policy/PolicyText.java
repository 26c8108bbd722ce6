package io.mainstay.redis.policy;

import io.mainstay.job.QueueName;
import io.mainstay.policy.Critical;
import io.mainstay.policy.Layout;
import io.mainstay.policy.QueuePolicy;
import io.mainstay.policy.StoredPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A policy as words with spaces between: revision, epoch and time, which the script sets; then partitions that were asked for, critical, hold in
 * ms, partitions of the layout, its phase, previous partitions, and the retired ones with commas between, or {@code -}.
 */
final class PolicyText {

    private static final String NONE = "-";

    private PolicyText() {}

    /** All but what the script sets. */
    static String write(QueuePolicy policy, Layout layout) {
        String retired = layout.retired().stream().map(String::valueOf).collect(Collectors.joining(","));
        return String.join(
                " ",
                Integer.toString(policy.partitions()),
                policy.critical().wireName(),
                Long.toString(policy.hold().toMillis()),
                Integer.toString(layout.partitions()),
                layout.phase().name().toLowerCase(Locale.ROOT),
                Integer.toString(layout.previous()),
                retired.isEmpty() ? NONE : retired);
    }

    /** @throws RuntimeException if the text is none */
    static StoredPolicy read(QueueName queue, String text) {
        String[] words = text.split(" ");
        return new StoredPolicy(
                queue,
                words[0],
                Instant.ofEpochMilli(Long.parseLong(words[2])),
                new QueuePolicy(
                        Integer.parseInt(words[3]), critical(words[4]), Duration.ofMillis(Long.parseLong(words[5]))),
                new Layout(
                        Long.parseLong(words[1]),
                        Integer.parseInt(words[6]),
                        Layout.Phase.valueOf(words[7].toUpperCase(Locale.ROOT)),
                        Integer.parseInt(words[8]),
                        retired(words[9])));
    }

    private static Critical critical(String name) {
        return Arrays.stream(Critical.values())
                .filter(each -> each.wireName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> retired(String text) {
        return text.equals(NONE)
                ? List.of()
                : Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }
}
