package io.mainstay.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.rest.job.JobPageView;
import io.mainstay.rest.job.JobView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of jobs as shown; {@code next} is null, and not shown, on the last. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record JobList(List<JobView> jobs, String next) {

    static JobList of(JobPageView page) {
        return new JobList(page.jobs(), page.next().orElse(null));
    }
}
