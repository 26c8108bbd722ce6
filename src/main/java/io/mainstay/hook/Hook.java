package io.mainstay.hook;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.mainstay.security.QueuePatterns;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A URL and the events it is called for.
 *
 * @param events one or more
 * @param queues whose events, 1 to {@value #MOST_QUEUES} patterns
 * @param url where the requests go, as its caller wrote it
 */
public record Hook(Set<HookEvent> events, QueuePatterns queues, String url) {

    static final int MOST_QUEUES = 20;
    private static final Pattern QUEUES = Pattern.compile("[a-z0-9._-]{1,64}|[a-z0-9._-]{0,63}\\*");

    public Hook {
        if (events.isEmpty()) {
            throw new InvalidValueException("events", "empty", "one or more events");
        }
        // In one order, so that the same hook has the same text.
        events = Collections.unmodifiableSet(EnumSet.copyOf(events));
        Bounds.between("queues", queues.patterns().size(), 1, MOST_QUEUES);
        for (String pattern : queues.patterns()) {
            if (!QUEUES.matcher(pattern).matches()) {
                throw new InvalidValueException("queues", pattern, "names of queues, or prefixes that end in *");
            }
        }
        if (url == null) {
            throw new InvalidValueException("url", null, "given");
        }
    }
}
