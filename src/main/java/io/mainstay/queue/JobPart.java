package io.mainstay.queue;

import io.mainstay.job.InvalidValueException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What a list leaves out of jobs unless it is asked for, because it may be large. */
public enum JobPart {
    PAYLOAD("payload"),
    RESULT("result");

    /** No part. */
    public static final Set<JobPart> NONE = Set.of();

    private final String wireName;

    JobPart(String wireName) {
        this.wireName = wireName;
    }

    /**
     * @param names separated by commas
     * @throws InvalidValueException if one is not the name of a part
     */
    public static Set<JobPart> ofWireNames(String field, String names) {
        Set<JobPart> parts = EnumSet.noneOf(JobPart.class);
        for (String name : names.split(",", -1)) {
            parts.add(Arrays.stream(values())
                    .filter(part -> part.wireName.equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidValueException(field, names, "payload, result or both")));
        }
        return parts;
    }
}
