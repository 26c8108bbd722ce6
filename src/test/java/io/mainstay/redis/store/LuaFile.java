package io.mainstay.redis.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Lua file as it is written.
 *
 * @param name as {@link ScriptText} knows it: {@code claim}, {@code lib/time}
 */
record LuaFile(String name, List<String> lines) {

    private static final Path ROOT = Path.of("src/main/resources/lua");
    private static final Pattern INCLUDE = Pattern.compile("^\\s*--#include (\\w+)$");
    private static final Pattern DECLARED = Pattern.compile("(?m)^local (?:function )?(\\w+(?:, \\w+)*)");
    private static final Pattern INPUT = Pattern.compile("\\b(?:KEYS|ARGV)\\[[^\\]]*\\]");
    /** Names of the fields of jobs: no files, see {@link ScriptText}. */
    private static final Set<String> GENERATED = Set.of("job_fields", "small_fields", "new_fields", "job_field");

    static Stream<LuaFile> all() {
        return Stream.concat(scripts(), library());
    }

    static Stream<LuaFile> scripts() {
        return in("");
    }

    static Stream<LuaFile> library() {
        return in("lib/");
    }

    static LuaFile of(String name) {
        try {
            return new LuaFile(name, Files.readAllLines(ROOT.resolve(name + ".lua")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<LuaFile> in(String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".lua"))
                    .sorted()
                    .map(file -> of(folder + file.replace(".lua", "")))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The comment that it opens with. */
    String head() {
        return lines.stream()
                .takeWhile(
                        line -> line.startsWith("--") && !INCLUDE.matcher(line).matches())
                .collect(Collectors.joining("\n"));
    }

    List<String> includes() {
        return lines.stream()
                .map(INCLUDE::matcher)
                .filter(Matcher::matches)
                .map(include -> include.group(1))
                .toList();
    }

    static boolean isGenerated(String include) {
        return GENERATED.contains(include);
    }

    /** Names that a file has once it includes this. */
    static Set<String> declaredBy(String include) {
        return isGenerated(include)
                ? Set.of(include.toUpperCase(Locale.ROOT))
                : of("lib/" + include).declared();
    }

    Set<String> declared() {
        return DECLARED.matcher(code())
                .results()
                .flatMap(names -> Stream.of(names.group(1).split(", ")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean uses(String word) {
        return Pattern.compile("\\b" + word + "\\b").matcher(code()).find();
    }

    /** Keys and arguments that it reads, as often as it does: {@code KEYS[1]}, {@code ARGV[i + 1]}. */
    Stream<String> inputs() {
        return INPUT.matcher(code()).results().map(MatchResult::group);
    }

    /** Without comments. */
    List<String> linesWith(String pattern) {
        return code().lines().filter(Pattern.compile(pattern).asPredicate()).toList();
    }

    private String code() {
        return lines.stream().map(line -> line.replaceAll("--.*", "")).collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return name;
    }
}
