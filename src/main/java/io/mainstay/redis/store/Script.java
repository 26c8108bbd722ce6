package io.mainstay.redis.store;

import io.mainstay.health.LinkKind;
import io.mainstay.redis.connection.LuaScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Lua scripts, one per verb. What each does, takes and returns is in the head of its file. A line
 * {@code --#include name} stands for the file {@code lib/name.lua}; every script may name the order of {@link JobField}.
 */
public enum Script implements LuaScript {
    ANNOUNCE,
    CANCEL,
    CANCEL_MANY,
    CLAIM(LinkKind.CLAIMS),
    COMPLETE,
    DELETE_MANY,
    ENQUEUE,
    EXPLAIN(LinkKind.READS),
    EXTEND,
    FAIL,
    FIGURES(LinkKind.READS),
    FIND(LinkKind.READS),
    FLOW_CREATE,
    FLOW_DUE(LinkKind.CLAIMS),
    FLOW_GET(LinkKind.READS),
    FLOW_PLACE,
    FLOW_REPORT,
    HANDOVER(LinkKind.CLAIMS),
    HANDOVER_DONE,
    LIMIT,
    LIST(LinkKind.READS),
    LOAD(LinkKind.READS),
    NOTE,
    PAUSE,
    PAUSE_HANDLER,
    PRUNE,
    QUARANTINE,
    RELEASE,
    REQUEUE,
    REQUEUE_MANY,
    SCHEDULE_ADVANCE,
    SCHEDULE_CLAIM(LinkKind.CLAIMS),
    SCHEDULE_DELETE,
    SCHEDULE_GET(LinkKind.READS),
    SCHEDULE_LIST(LinkKind.READS),
    SCHEDULE_PAUSE,
    SCHEDULE_PUT,
    SCHEMA,
    SNOOZE,
    AVAILABILITY(LinkKind.READS),
    WALK;

    private static final String INCLUDE = "--#include ";

    private final LinkKind link;
    private final String text;
    private final String sha;

    Script() {
        this(LinkKind.WRITES);
    }

    Script(LinkKind link) {
        this.link = link;
        String source = withIncludes(read(name().toLowerCase(Locale.ROOT) + ".lua"));
        text = jobFields(source) + source;
        sha = sha1(text);
    }

    @Override
    public LinkKind link() {
        return link;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public String sha() {
        return sha;
    }

    /**
     * JOB_FIELDS, SMALL_FIELDS and READY_FIELDS for HMGET, JOB_FIELD for the place of one field in its answer: those of them that the script
     * names, for Redis would make them anew with each call.
     */
    private static String jobFields(String source) {
        StringBuilder places = new StringBuilder("{");
        for (JobField field : JobField.values()) {
            places.append(' ')
                    .append(field.wireName())
                    .append(" = ")
                    .append(field.ordinal() + 1)
                    .append(',');
        }
        return definition(source, "JOB_FIELDS", table(JobField.NAMES))
                + definition(source, "SMALL_FIELDS", table(JobField.WITHOUT_RESULT))
                + definition(source, "READY_FIELDS", table(JobField.OF_READY_JOB))
                + definition(source, "JOB_FIELD", places.append(" }").toString());
    }

    private static String definition(String source, String name, String value) {
        return Pattern.compile("\\b" + name + "\\b").matcher(source).find()
                ? "local " + name + " = " + value + "\n"
                : "";
    }

    private static String table(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String withIncludes(String source) {
        return source.lines()
                .map(line -> line.startsWith(INCLUDE)
                        ? read("lib/" + line.substring(INCLUDE.length()).strip() + ".lua")
                        : line)
                .collect(Collectors.joining("\n"));
    }

    private static String read(String file) {
        try (InputStream in = Script.class.getResourceAsStream("/lua/" + file)) {
            if (in == null) {
                throw new IllegalStateException("script " + file + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("script " + file + " cannot be read", e);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }
}
