package io.mainstay.queue.names;

import io.mainstay.job.InvalidValueException;
import java.util.regex.Pattern;

/** What workers are called: 1 to 64 of {@code A-Z a-z 0-9 . _ -}. */
public final class WorkerName {

    public static final int LONGEST = 64;

    /**
     * Of a name, in tokens. These are kept with each job that runs: Redis packs small hashes only while no value of theirs is longer than 64 bytes, and
     * "release" and a token are one value.
     */
    public static final int LONGEST_IN_TOKENS = 24;

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1," + LONGEST + "}");

    private WorkerName() {}

    /** What lease tokens have of a name: its end, which is what tells pods apart. */
    public static String inTokens(String name) {
        return name.substring(Math.max(0, name.length() - LONGEST_IN_TOKENS));
    }

    public static boolean isOne(String name) {
        return name != null && ALLOWED.matcher(name).matches();
    }

    /**
     * @param field where it was given
     * @return the name
     * @throws InvalidValueException if no worker can have it
     */
    public static String check(String field, String name) {
        if (!isOne(name)) {
            throw new InvalidValueException(field, name, ALLOWED.pattern());
        }
        return name;
    }
}
