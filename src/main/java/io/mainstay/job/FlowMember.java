package io.mainstay.job;

import java.util.Optional;

/**
 * A job's place in a flow. It is the job's id as well, so that nothing must be read to know whether a job is in one.
 *
 * @param flow which
 * @param index which of its jobs, from 0 in the order they were named
 */
public record FlowMember(FlowId flow, int index) {

    /** What ids of jobs in flows begin with, and no others. */
    public static final String PREFIX = "flow-";

    private static final int MAX_DIGITS = 6;

    public JobId job() {
        return new JobId(PREFIX + flow + "-" + index);
    }

    /** The place of a job; empty if it is in no flow. */
    public static Optional<FlowMember> of(JobId id) {
        String text = id.value();
        int dash = text.lastIndexOf('-');
        String index = text.substring(dash + 1);
        if (!isReserved(id) || dash <= PREFIX.length() || index.isEmpty() || index.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new FlowMember(new FlowId(text.substring(PREFIX.length(), dash)), Integer.parseInt(index)));
        } catch (InvalidValueException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether callers may not choose it. */
    public static boolean isReserved(JobId id) {
        return id.value().startsWith(PREFIX);
    }
}
