package io.mainstay;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.machine.TimedTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A test of the whole service is run by the one of two suites that its name is for; with a wrong name it would be run by none. */
class ServiceTestNamesTest {

    private static final String TAG = "@Tag(\"timed\")\n@QuarkusTest";
    private static final String ANNOTATION = "@" + TimedTest.class.getSimpleName();

    @Test
    void timedOnesAreTaggedAndNamedSo() throws IOException {
        for (Path file : files("ServiceTest.java")) {
            String text = Files.readString(file);
            boolean named = file.toString().endsWith("TimedServiceTest.java");

            assertThat(text.contains(TAG)).as("%s is tagged", file).isEqualTo(named);
            assertThat(named || !text.contains(ANNOTATION))
                    .as("%s is of timed tests", file)
                    .isTrue();
        }
    }

    private static List<Path> files(String end) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
            List<Path> found = all.filter(file -> file.toString().endsWith(end)).toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }
}
