package io.mainstay.redis.store;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;

/** Where a page ended: the last job's score and id. */
record PageCursor(String score, String id) {

    private static final char SEPARATOR = '_';

    String text() {
        return score + SEPARATOR + id;
    }

    /** @throws InvalidValueException if the text is no cursor of ours */
    static PageCursor parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        if (separator < 1) {
            throw new InvalidValueException("cursor", text, "the next of an earlier page");
        }
        try {
            Double.parseDouble(text.substring(0, separator));
            return new PageCursor(text.substring(0, separator), new JobId(text.substring(separator + 1)).value());
        } catch (NumberFormatException | InvalidValueException e) {
            throw new InvalidValueException("cursor", text, "the next of an earlier page");
        }
    }
}
