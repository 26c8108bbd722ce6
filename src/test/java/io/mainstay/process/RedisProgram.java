package io.mainstay.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * The redis-server that tests start as processes: that of the PATH if it is 6.2 or newer, else the embedded one, which is
 * 6.2, plays sentinel and cluster node as well, and is there on every machine.
 */
public final class RedisProgram {

    private static final String NAME = "redis-server";
    private static final Pattern VERSION = Pattern.compile(" v=((\\d+)\\.(\\d+)\\S*) ");
    private static final String PATH = find();

    private RedisProgram() {}

    static String path() {
        return PATH;
    }

    /** Of that program, as {@code 7.0.15}. */
    public static String version() {
        return versionOf(PATH).group(1);
    }

    private static String find() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(place -> Path.of(place, NAME))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .filter(RedisProgram::isNewEnough)
                .findFirst()
                .orElseGet(RedisProgram::unpackEmbedded);
    }

    /** FAILOVER came with 6.2. */
    private static boolean isNewEnough(String program) {
        Matcher version = versionOf(program);
        int major = Integer.parseInt(version.group(2));
        return major > 6 || major == 6 && Integer.parseInt(version.group(3)) >= 2;
    }

    private static Matcher versionOf(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version").start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = VERSION.matcher(text);
            if (!version.find()) {
                throw new IllegalStateException(program + " says no version: " + text);
            }
            return version;
        } catch (IOException e) {
            throw new UncheckedIOException(program + " does not run", e);
        }
    }

    private static String unpackEmbedded() {
        try {
            Path directory = Files.createTempDirectory("mainstay-redis-");
            directory.toFile().deleteOnExit();
            return ExecutableProvider.newJarResourceProvider(directory.toFile())
                    .get()
                    .getPath();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded redis-server cannot be unpacked", e);
        }
    }
}
