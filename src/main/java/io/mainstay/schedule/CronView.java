package io.mainstay.schedule;

import io.mainstay.rest.job.JobSerializer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/** A preview as shown. */
@RegisterForReflection
public record CronView(String gap, String overlap, List<String> runs, List<ChangeView> clockChanges) {

    /** @param kind {@code gap} or {@code overlap} */
    @RegisterForReflection
    public record ChangeView(String at, String kind, String before, String after, List<String> runs) {}

    static CronView of(CronPreview preview) {
        return new CronView(
                preview.timing().gap().wireName(),
                preview.timing().overlap().wireName(),
                texts(preview.runs()),
                preview.changes().stream().map(CronView::change).toList());
    }

    private static ChangeView change(ClockChange change) {
        return new ChangeView(
                JobSerializer.text(change.at()),
                change.isGap() ? "gap" : "overlap",
                change.before().toString(),
                change.after().toString(),
                texts(change.runs()));
    }

    private static List<String> texts(List<Instant> times) {
        return times.stream().map(JobSerializer::text).toList();
    }
}
