package io.mainstay.api;

import io.mainstay.job.LogLine;
import io.mainstay.rest.job.JobSerializer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** The log of a job, as shown, oldest line first. */
@RegisterForReflection
public record LogView(List<LineView> lines) {

    /** One line of it. */
    @RegisterForReflection
    public record LineView(String at, int attempt, String text) {

        static LineView of(LogLine line) {
            return new LineView(JobSerializer.text(line.at()), line.attempt(), line.text());
        }
    }

    static LogView of(List<LogLine> lines) {
        return new LogView(lines.stream().map(LineView::of).toList());
    }
}
