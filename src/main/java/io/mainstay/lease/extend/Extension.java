package io.mainstay.lease.extend;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.LogLine;
import io.mainstay.job.Progress;
import io.mainstay.queue.JobNote;
import io.mainstay.queue.attempt.Truncation;
import io.mainstay.rest.StrictJson;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is asked for one lease.
 *
 * @param token the proof, as it came
 * @param lease how long it is to last from now; null for as long as at first
 * @param progress how far the attempt is, or null
 * @param log further lines of its log
 * @param logFrom number of the first of these within the attempt, from 1, by which a repeat is known; null: they are not numbered
 */
record Extension(String token, Duration lease, JobNote.Said progress, List<String> log, Integer logFrom) {

    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofHours(12);
    static final int MOST_LINES = 20;

    Extension {
        if (lease != null) {
            Bounds.between("lease", lease, SHORTEST, LONGEST);
        }
        Bounds.between("log", log.size(), 0, MOST_LINES);
        if (logFrom != null) {
            Bounds.between("logFrom", logFrom.longValue(), 1, Integer.MAX_VALUE);
        }
        log = log.stream()
                .map(line -> Truncation.onOneLine(line, LogLine.MAX_TEXT))
                .toList();
    }

    boolean saysSomething() {
        return progress != null || !log.isEmpty();
    }

    Optional<JobNote.Said> said() {
        return Optional.ofNullable(progress);
    }

    /** Takes the fields one by one. */
    static final class Draft implements StrictJson.Fields {

        private String token;
        private Duration lease;
        private boolean progressed;
        private Integer percent;
        private String note = "";
        private List<String> log = List.of();
        private Integer logFrom;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "token" -> token = json.text();
                case "lease" -> lease = json.duration();
                case "progress" -> progressed = json.object(this::takeProgress);
                case "log" -> {
                    List<String> lines = json.texts();
                    log = lines == null ? List.of() : lines;
                }
                case "logFrom" -> logFrom = json.integer();
                default -> throw json.unknownField();
            }
        }

        private void takeProgress(String name, StrictJson json) throws IOException {
            switch (name) {
                case "percent" -> percent = json.integer();
                case "note" -> {
                    String text = json.text();
                    note = text == null ? "" : Truncation.onOneLine(text, Progress.MAX_NOTE);
                }
                default -> throw json.unknownField();
            }
        }

        /** @param proof where the token is not among the fields */
        Extension finish(String proof) {
            if (proof == null && token == null) {
                throw new InvalidValueException("token", null, "the token of a lease");
            }
            if (progressed) {
                Bounds.between("progress.percent", percent, Integer.valueOf(0), Integer.valueOf(100));
            }
            JobNote.Said progress = progressed ? new JobNote.Said(percent, note) : null;
            return new Extension(proof == null ? token : proof, lease, progress, log, logFrom);
        }
    }
}
