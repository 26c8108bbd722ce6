package io.mainstay.redis.store;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.queue.JobPage;
import io.vertx.redis.client.Response;
import java.util.regex.Pattern;

/** Where a page ended: the last job's score and id. */
record PageCursor(String score, String id) {

    private static final char SEPARATOR = '_';
    /** As Redis writes scores. It reads others than Java does, and a script fails with what it cannot read. */
    private static final Pattern SCORE = Pattern.compile("-?(?:\\d{1,24}(?:\\.\\d{1,24})?(?:e[+-]?\\d{1,3})?|inf)");

    static JobPage.Position position(Response score, Response id) {
        String text = score.toString();
        return new JobPage.Position(
                Double.parseDouble(text), id.toString(), new PageCursor(text, id.toString()).text());
    }

    String text() {
        return score + SEPARATOR + id;
    }

    /** @throws InvalidValueException if the text is no cursor of ours */
    static PageCursor parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        if (separator < 1 || !SCORE.matcher(text.substring(0, separator)).matches()) {
            throw unknown(text);
        }
        try {
            return new PageCursor(text.substring(0, separator), new JobId(text.substring(separator + 1)).value());
        } catch (InvalidValueException e) {
            throw unknown(text);
        }
    }

    private static InvalidValueException unknown(String text) {
        return new InvalidValueException("cursor", text, "the next of an earlier page");
    }
}
