package io.mainstay.redis.workers;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Serving;
import io.mainstay.queue.WorkerStatus.RunningJob;
import io.mainstay.workers.WorkerProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What workers say of themselves, to and from what Redis holds. What they serve is a text of its own: queues and handlers, a space
 * between, commas within, sorted, so that those who serve the same have the same. All else is in lines: how many jobs run, at most how many,
 * version; then one for each job. Of an instance, whose list is in no other text, the first line behind that is what it serves, and the
 * second its health.
 */
final class WorkerCodec {

    /** Bytes of one; jobs, queues and handlers beyond are left out. */
    static final int LONGEST = 2048;

    /** Lines of an instance before those of its jobs. */
    private static final int BEFORE_JOBS = 3;

    private static final String ALL = "*";
    private static final String NONE = "-";

    private WorkerCodec() {}

    static String serving(Serving serving) {
        return (serving.queues().isEmpty() ? ALL : joined(serving.queues())) + " " + joined(serving.handlers());
    }

    static Serving serving(String text) {
        String[] words = text.split(" ", 2);
        return new Serving(
                words[0].equals(ALL) ? Set.of() : names(words[0], QueueName::new),
                words.length < 2 ? Set.of() : names(words[1], HandlerName::new));
    }

    /** A list of them, as it stands in what somebody serves. */
    static Set<HandlerName> handlers(String list) {
        return names(list, HandlerName::new);
    }

    static String ofRemote(WorkerProfile profile) {
        return head(profile);
    }

    static String ofInstance(WorkerProfile profile) {
        StringBuilder text = new StringBuilder(head(profile))
                .append('\n')
                .append(cut(serving(profile.serving())))
                .append('\n')
                .append(profile.health().map(HealthText::of).orElse(""));
        for (RunningJob job : profile.jobs()) {
            String line = "\n%s %s %s %d"
                    .formatted(
                            job.queue(),
                            job.id(),
                            job.handler(),
                            job.startedAt().toEpochMilli());
            if (text.length() + line.length() > LONGEST) {
                break;
            }
            text.append(line);
        }
        return text.toString();
    }

    /** @param serves empty if it is in the text itself */
    static WorkerProfile profile(String text, Optional<String> serves) {
        String[] lines = text.split("\n");
        String[] words = lines[0].split(" ", 3);
        List<RunningJob> jobs = new ArrayList<>();
        for (int i = BEFORE_JOBS; i < lines.length; i++) {
            String[] job = lines[i].split(" ");
            jobs.add(new RunningJob(
                    new QueueName(job[0]),
                    new JobId(job[1]),
                    new HandlerName(job[2]),
                    Instant.ofEpochMilli(Long.parseLong(job[3]))));
        }
        return new WorkerProfile(
                words[2].isEmpty() ? Optional.empty() : Optional.of(words[2]),
                words[1].equals(NONE) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(words[1])),
                serving(serves.orElseGet(() -> lines[1])),
                Integer.parseInt(words[0]),
                jobs,
                lines.length > 2 && !lines[2].isEmpty() ? Optional.of(HealthText.health(lines[2])) : Optional.empty());
    }

    private static String head(WorkerProfile profile) {
        return "%d %s %s"
                .formatted(
                        profile.running(),
                        profile.concurrency().isPresent()
                                ? Integer.toString(profile.concurrency().getAsInt())
                                : NONE,
                        profile.version().orElse(""));
    }

    /** At a comma, so that half of what there may be is left for jobs. */
    private static String cut(String serving) {
        return serving.length() <= LONGEST / 2
                ? serving
                : serving.substring(0, Math.max(serving.lastIndexOf(',', LONGEST / 2), serving.indexOf(' ') + 1));
    }

    private static String joined(Collection<?> names) {
        return names.stream().map(Object::toString).sorted().collect(Collectors.joining(","));
    }

    private static <T> Set<T> names(String list, Function<String, T> name) {
        return Arrays.stream(list.split(","))
                .filter(each -> !each.isEmpty())
                .map(name)
                .collect(Collectors.toSet());
    }
}
