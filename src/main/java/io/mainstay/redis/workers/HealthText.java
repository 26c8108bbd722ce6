package io.mainstay.redis.workers;

import io.mainstay.queue.health.InstanceHealth;
import io.mainstay.queue.health.InstanceHealth.Links;
import io.mainstay.queue.health.InstanceHealth.OfStore;
import io.mainstay.queue.health.NoticedBy;
import io.mainstay.queue.health.Recovery;
import io.mainstay.queue.health.RecoveryList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an instance says of its health and its recoveries, to and from what Redis holds. Health: 1 if alive, why it stalls, then each store,
 * a semicolon between: name, 1 if it takes jobs, links verified, suspect and connecting, state of the subscription, ms since the canary.
 * Recoveries, the oldest first, a semicolon between: store, what noticed, ms ago, links lost, and how many ms after the notice commands, wake-ups
 * and claims worked. Words are separated by spaces; one that is not there is a dash.
 */
final class HealthText {

    /** Bytes of recoveries; the oldest are left out beyond. */
    static final int LONGEST = 2048;

    private static final String NONE = "-";

    private HealthText() {}

    static String of(InstanceHealth health) {
        return "%s %s".formatted(flag(health.alive()), health.stalled().orElse(NONE))
                + health.stores().stream().map(HealthText::of).collect(Collectors.joining());
    }

    private static String of(OfStore store) {
        Links links = store.links();
        return ";%s %s %d %d %d %s %d"
                .formatted(
                        store.name(),
                        flag(store.takesJobs()),
                        links.verified(),
                        links.suspect(),
                        links.connecting(),
                        store.subscription(),
                        store.canaryAge().toMillis());
    }

    static InstanceHealth health(String text) {
        String[] parts = text.split(";");
        String[] head = parts[0].split(" ");
        List<OfStore> stores = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            String[] words = parts[i].split(" ");
            stores.add(new OfStore(
                    words[0],
                    flag(words[1]),
                    new Links(Integer.parseInt(words[2]), Integer.parseInt(words[3]), Integer.parseInt(words[4])),
                    words[5],
                    Duration.ofMillis(Long.parseLong(words[6]))));
        }
        return new InstanceHealth(flag(head[0]), optional(head[1]), stores);
    }

    static String of(List<Recovery> recoveries) {
        List<String> texts = recoveries.stream().map(HealthText::of).toList();
        int from = texts.size();
        int length = 0;
        while (from > 0 && length + texts.get(from - 1).length() < LONGEST) {
            from--;
            length += texts.get(from).length() + 1;
        }
        return String.join(";", texts.subList(from, texts.size()));
    }

    private static String of(Recovery recovery) {
        Recovery.Restored restored = recovery.restored();
        return "%s %s %d %d %s %s %s"
                .formatted(
                        recovery.store(),
                        recovery.noticedBy().slug(),
                        recovery.ago().toMillis(),
                        recovery.linksLost(),
                        ms(restored.commands()),
                        ms(restored.wakeUps()),
                        ms(restored.claim()));
    }

    /** @param text as the script keeps it: when it was written, a space, and what was said; empty if nothing was */
    static RecoveryList recoveries(String text) {
        if (text.isEmpty()) {
            return RecoveryList.NONE;
        }
        String[] parts = text.split(" ", 2);
        List<Recovery> recoveries = new ArrayList<>();
        for (String each : parts[1].split(";")) {
            String[] words = each.split(" ");
            NoticedBy.of(words[1]).ifPresent(by -> recoveries.add(recovery(words, by)));
        }
        return new RecoveryList(Instant.ofEpochMilli(Long.parseLong(parts[0])), recoveries);
    }

    private static Recovery recovery(String[] words, NoticedBy by) {
        return new Recovery(
                words[0],
                by,
                Duration.ofMillis(Long.parseLong(words[2])),
                Integer.parseInt(words[3]),
                new Recovery.Restored(time(words[4]), time(words[5]), time(words[6])));
    }

    private static String ms(Optional<Duration> time) {
        return time.map(known -> Long.toString(known.toMillis())).orElse(NONE);
    }

    private static Optional<Duration> time(String ms) {
        return optional(ms).map(Long::parseLong).map(Duration::ofMillis);
    }

    private static Optional<String> optional(String word) {
        return word.equals(NONE) ? Optional.empty() : Optional.of(word);
    }

    private static String flag(boolean is) {
        return is ? "1" : "0";
    }

    private static boolean flag(String word) {
        return word.equals("1");
    }
}
