package io.mainstay.dashboard;

import io.quarkus.runtime.annotations.RegisterResources;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files of the page, each read and compressed when it is first asked for, and kept: some hundred kilobytes in all. */
@Singleton
@RegisterResources(globs = "META-INF/resources/dashboard/**")
class DashboardFiles {

    private static final String FOLDER = "/META-INF/resources/dashboard/";
    /** No name of these leads out of the folder. */
    private static final Pattern NAME = Pattern.compile("([a-z0-9-]+/)?[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

    private final Map<String, DashboardFile> files = new ConcurrentHashMap<>();

    /** The file, if it was asked for before. */
    Optional<DashboardFile> known(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** Blocks while the file is read. Empty if there is none of the name. */
    Optional<DashboardFile> read(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return content(name).map(content -> files.computeIfAbsent(name, ignored -> DashboardFile.of(name, content)));
    }

    private static Optional<byte[]> content(String name) {
        try (InputStream in = DashboardFiles.class.getResourceAsStream(FOLDER + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
