package io.mainstay.redis.store;

import io.quarkus.runtime.annotations.RegisterResources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts the text of a script together. A line {@code --#include name} stands for the file {@code lib/name.lua} and for what that one
 * includes, each once in a script, where it is first asked for. Within a block, that is where the line is indented, such a line has its names
 * known in that block only, and Redis does not define them unless it comes there: so what most calls do not need costs them
 * nothing. Another block may ask for the same again, but it is not the same then: a file with state of its own belongs outside
 * of blocks. Comments stay behind: scripts are sent whole to a Redis that does not know them.
 *
 * <p>Some names are no files, but say in which order the fields of a job come: {@code job_fields}, {@code small_fields} and
 * {@code new_fields} (for HMGET), {@code job_field} (name to place in its answer).
 */
@RegisterResources(globs = "lua/**")
final class ScriptText {

    private static final String INCLUDE = "--#include ";
    private static final String COMMENT = "--";

    private final Function<String, Optional<String>> files;
    /** Where the text has come to, what is known there. */
    private Set<String> included = new HashSet<>();

    private final Deque<String> open = new ArrayDeque<>();

    private ScriptText(Function<String, Optional<String>> files) {
        this.files = files;
    }

    /** @throws IllegalStateException if it, or something that it includes, is not there or includes itself */
    static String of(String name) {
        return of(name, ScriptText::onClassPath);
    }

    /** @param files what a file has, by its name: {@code claim}, {@code lib/time} */
    static String of(String name, Function<String, Optional<String>> files) {
        return new ScriptText(files).textOf(name);
    }

    private String textOf(String name) {
        if (open.contains(name)) {
            throw new IllegalStateException("script file " + name + " includes itself, by way of " + open);
        }
        String source = files.apply(name)
                .orElseThrow(() -> new IllegalStateException("no script file " + name + ", included by " + open));
        open.addLast(name);
        Deque<Block> blocks = new ArrayDeque<>();
        String text = source.lines()
                .map(line -> lineOf(line, blocks))
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
        leave(blocks, 0);
        open.removeLast();
        return text;
    }

    private String lineOf(String line, Deque<Block> blocks) {
        String code = line.strip();
        int indent = line.length() - line.stripLeading().length();
        if (!code.startsWith(INCLUDE)) {
            if (code.isEmpty() || code.startsWith(COMMENT)) {
                return "";
            }
            leave(blocks, indent);
            return line;
        }
        if (indent > (blocks.isEmpty() ? 0 : blocks.getLast().indent())) {
            blocks.addLast(new Block(indent, included));
            included = new HashSet<>(included);
        }
        String name = "lib/" + code.substring(INCLUDE.length());
        if (included.contains(name)) {
            return "";
        }
        String text = textOf(name);
        included.add(name);
        return text;
    }

    /** The blocks that end before a line with this indent. */
    private void leave(Deque<Block> blocks, int indent) {
        while (!blocks.isEmpty() && indent < blocks.getLast().indent()) {
            included = blocks.removeLast().outside();
        }
    }

    /** @param outside what is known before it and behind it */
    private record Block(int indent, Set<String> outside) {}

    private static Optional<String> onClassPath(String name) {
        return switch (name) {
            case "lib/job_fields" -> Optional.of("local JOB_FIELDS = " + table(JobField.NAMES));
            case "lib/small_fields" -> Optional.of("local SMALL_FIELDS = " + table(JobField.WITHOUT_RESULT));
            case "lib/new_fields" -> Optional.of("local NEW_FIELDS = " + table(JobField.OF_NEW_JOB));
            case "lib/job_field" -> Optional.of("local JOB_FIELD = " + places());
            default -> read("/lua/" + name + ".lua");
        };
    }

    private static String table(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String places() {
        return Arrays.stream(JobField.values())
                .map(field -> field.scriptName() + " = " + (field.ordinal() + 1))
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static Optional<String> read(String resource) {
        try (InputStream in = ScriptText.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }
}
