package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the Lua files are written. */
class LuaFilesTest {

    private static final int MOST_LINES = 120;

    @ParameterizedTest
    @MethodSource("all")
    void fileIsShort(LuaFile file) {
        assertThat(file.lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void headOfAScriptSaysWhatItTakesDoesAndReturns(LuaFile script) {
        assertThat(script.head())
                .contains("\n-- KEYS  ", "\n-- ARGV  ", "\n-- Changes  ", "\n-- Returns  ", "\n-- Repeat  ");
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsIncludedIsNeeded(LuaFile file) {
        assertThat(file.includes())
                .doesNotHaveDuplicates()
                .allSatisfy(include ->
                        assertThat(LuaFile.declaredBy(include)).as(include).anyMatch(file::uses));
    }

    /** Else one file would take the other's for its own. */
    @ParameterizedTest
    @MethodSource("scripts")
    void filesOfOneScriptDoNotDeclareTheSameName(LuaFile script) {
        Set<String> names = new HashSet<>(script.declared());
        allIncludes(script)
                .forEach(include ->
                        assertThat(LuaFile.declaredBy(include)).as(include).allMatch(names::add));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void keysAndArgumentsAreNamedOnce(LuaFile script) {
        List<LuaFile> files = files(script).toList();
        List<String> byNumber = files.stream()
                .flatMap(LuaFile::inputs)
                .filter(input -> input.matches("\\w+\\[\\d+\\]"))
                .toList();

        assertThat(byNumber).doesNotHaveDuplicates();
        // Others are of one job, one of several that a loop goes through.
        assertThat(files).allSatisfy(file -> {
            assertThat(file.inputs()).doesNotHaveDuplicates();
            assertThat(file.linesWith("\\b(KEYS|ARGV)\\[")).allMatch(line -> line.matches(".*\\w+ = .*"));
        });
    }

    @Test
    void namesOfKeysAreMadeInOnePlace() {
        assertThat(filesWith("1, -5\\)")).containsExactly("lib/keys");
    }

    @Test
    void ordersOfLinesAreMadeInOnePlace() {
        assertThat(filesWith("\\d{8}|2 ?\\^")).containsExactly("lib/order");
    }

    @Test
    void whatAJobWasAskedToBeIsTakenApartInOnePlace() {
        assertThat(filesWith("string\\.\\w+\\([^)]*spec")).containsExactly("lib/spec");
    }

    private static List<String> filesWith(String pattern) {
        return LuaFile.all()
                .filter(file -> !file.linesWith(pattern).isEmpty())
                .map(LuaFile::name)
                .toList();
    }

    @Test
    void everyLibraryFileIsOfUse() {
        Set<String> included = new TreeSet<>();
        LuaFile.all().forEach(file -> included.addAll(file.includes()));

        assertThat(LuaFile.library().map(file -> file.name().replace("lib/", "")))
                .isSubsetOf(included);
    }

    @Test
    void everyFileIsAScriptThatIsKnown() {
        assertThat(LuaFile.scripts().map(LuaFile::name))
                .containsExactlyElementsOf(Arrays.stream(Script.values())
                        .map(script -> script.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    /** It, and all of which it is put together. */
    private static Stream<LuaFile> files(LuaFile script) {
        return Stream.concat(
                Stream.of(script),
                allIncludes(script).stream()
                        .filter(include -> !LuaFile.isGenerated(include))
                        .map(include -> LuaFile.of("lib/" + include)));
    }

    private static Set<String> allIncludes(LuaFile script) {
        Set<String> all = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(script.includes());
        while (!open.isEmpty()) {
            String include = open.pop();
            if (all.add(include) && !LuaFile.isGenerated(include)) {
                open.addAll(LuaFile.of("lib/" + include).includes());
            }
        }
        return all;
    }

    static List<LuaFile> all() {
        return LuaFile.all().toList();
    }

    static Stream<LuaFile> scripts() {
        return LuaFile.scripts();
    }
}
