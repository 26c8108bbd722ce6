package io.mainstay.queue;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Job;
import io.mainstay.queue.errors.ErrorGroup;
import io.mainstay.queue.errors.ErrorStore.Seen;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Groups of errors, worked out from the jobs that are dead. */
final class TwinErrors {

    private static final int READ = 500;
    private static final int KEPT = 200;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){4}[0-9a-fA-F]{8}");
    private static final Pattern RUN = Pattern.compile("[0-9A-Za-z]+");

    private final Map<String, ErrorGroup> groups = new HashMap<>();

    TwinErrors(List<Job> dead) {
        dead.forEach(job -> {
            ErrorGroup group = of(job);
            groups.merge(group.fingerprint(), group, ErrorGroup::plus);
        });
    }

    static String fingerprint(Job job) {
        return of(job).fingerprint();
    }

    List<Seen> seen() {
        return groups.values().stream()
                .map(group -> new Seen(group.fingerprint(), group.lastSeen()))
                .sorted(Seen.ORDER)
                .toList();
    }

    List<ErrorGroup> read(List<String> fingerprints) {
        return fingerprints.stream()
                .map(each -> Optional.ofNullable(groups.get(each)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static ErrorGroup of(Job job) {
        AttemptError error =
                job.status().errors().stream().reduce((first, second) -> second).orElseThrow();
        String handler = job.spec().handler().value();
        String type = cut(CONTROL.matcher(error.type()).replaceAll(" "), KEPT);
        String message = withoutIds(error.message());
        var died = job.status().times().finishedAt();
        return new ErrorGroup(
                job.queue(),
                sha1(handler + "\n" + type + "\n" + message),
                handler,
                type,
                message,
                1,
                died,
                died,
                job.id());
    }

    static String withoutIds(String message) {
        String text = CONTROL.matcher(cut(message, READ)).replaceAll(" ");
        text = UUID.matcher(text).replaceAll("<id>");
        return cut(RUN.matcher(text).replaceAll(run -> Matcher.quoteReplacement(placeholder(run.group()))), KEPT);
    }

    private static String placeholder(String run) {
        boolean digits = run.matches(".*[0-9].*");
        boolean letters = run.matches(".*[A-Za-z].*");
        boolean hex = run.matches("[0-9a-fA-F]{8,}");
        boolean mixed = run.matches(".*[0-9][A-Za-z]+[0-9].*") || run.length() >= 12;
        if (digits && letters && (hex || mixed)) {
            return "<id>";
        }
        return run.replaceAll("[0-9]+", "<n>");
    }

    /** To so many bytes of UTF-8, whole characters. */
    private static String cut(String text, int most) {
        StringBuilder kept = new StringBuilder();
        int bytes = 0;
        for (int point : text.codePoints().toArray()) {
            bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > most) {
                break;
            }
            kept.appendCodePoint(point);
        }
        return kept.toString();
    }

    private static String sha1(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
