package io.mainstay.rest.job;

import io.mainstay.queue.JobPage;
import io.mainstay.security.Caller;
import java.util.List;
import java.util.Optional;

/** A page of jobs as a caller may see them; {@code next} is empty on the last. */
public record JobPageView(List<JobView> jobs, Optional<String> next) {

    public JobPageView {
        jobs = List.copyOf(jobs);
    }

    static JobPageView of(JobPage page, Caller caller) {
        return new JobPageView(
                page.jobs().stream().map(job -> JobView.of(job, caller)).toList(), page.next());
    }
}
