package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.redis.RedisServerForTests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts and library files use no name that they have not declared or included, on no path: Redis compiles them, and what it
 * compiled tells which globals they use. It would refuse one only when it comes to it.
 */
class ScriptGlobalsTest {

    private static final Set<String> OF_REDIS = Set.of(
            "ARGV",
            "KEYS",
            "cjson",
            "ipairs",
            "math",
            "next",
            "pairs",
            "pcall",
            "redis",
            "string",
            "table",
            "tonumber",
            "tostring",
            "type",
            "unpack");
    private static final String DUMP =
            "local chunk, wrong = loadstring(ARGV[1]); return chunk and string.dump(chunk) or redis.error_reply(wrong)";

    private static RedisUnderTest redis;

    @BeforeAll
    static void open() {
        redis = new RedisUnderTest(RedisServerForTests.address(), 100);
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @ParameterizedTest
    @EnumSource(Script.class)
    void scriptUsesWhatItHas(Script script) {
        assertThat(globals(script.text())).isSubsetOf(OF_REDIS);
    }

    /** By itself, that is: it includes what it needs. */
    @ParameterizedTest
    @MethodSource("libraryFiles")
    void libraryFileUsesWhatItHas(String name) {
        assertThat(globals(ScriptText.of(name))).isSubsetOf(OF_REDIS);
    }

    static Stream<String> libraryFiles() {
        return LuaFile.library().map(LuaFile::name);
    }

    @Test
    void forgottenNamesAreFound() {
        String text = """
                if KEYS[1] then
                  local only_here = 1
                end
                local function f(known)
                  set_by_mistake = known.field
                  return function() return { only_here = only_here, [known] = forgotten } end
                end
                return f
                """;

        assertThat(globals(text)).containsExactlyInAnyOrder("KEYS", "forgotten", "only_here", "set_by_mistake");
    }

    private static Set<String> globals(String text) {
        return LuaChunk.globalsOf(
                redis.send(Request.cmd(Command.EVAL).arg(DUMP).arg(0).arg(text))
                        .toBuffer()
                        .getBytes());
    }
}
