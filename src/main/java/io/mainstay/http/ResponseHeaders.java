package io.mainstay.http;

import io.mainstay.handler.JobContext;
import io.mainstay.job.LogLine;
import io.vertx.core.MultiMap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says of the job beside its answer: headers that tell of its progress and go into its log. */
final class ResponseHeaders {

    private static final String PROGRESS = "Mainstay-Progress";
    private static final String LOG = "Mainstay-Log";
    private static final Pattern PERCENT_AND_NOTE = Pattern.compile("(100|\\d\\d?)(?: +(.*))?");

    private ResponseHeaders() {}

    /** What cannot be read is left out: it must not decide what becomes of the job. */
    static void pass(MultiMap headers, JobContext attempt) {
        String progress = headers.get(PROGRESS);
        if (progress != null) {
            Matcher read = PERCENT_AND_NOTE.matcher(text(progress).strip());
            if (read.matches()) {
                attempt.progress(Integer.parseInt(read.group(1)), read.group(2) == null ? "" : read.group(2));
            }
        }
        List<String> lines = headers.getAll(LOG);
        lines.subList(Math.max(0, lines.size() - LogLine.KEPT), lines.size()).forEach(line -> attempt.log(text(line)));
    }

    /** The characters of a value whose bytes were read as Latin-1: of UTF-8 if it is that, as it nearly always is. */
    private static String text(String value) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException latin) {
            return value;
        }
    }
}
