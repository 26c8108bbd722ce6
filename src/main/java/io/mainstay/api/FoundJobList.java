package io.mainstay.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.api.listing.FoundJobs;
import io.mainstay.rest.job.JobView;
import io.mainstay.security.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A page of jobs out of many queues as shown.
 *
 * @param next null, and not shown, on the last
 * @param incomplete true if queues may be missing because part of Redis did not answer; null, and not shown, if not
 * @param unavailable queues that did not answer; null, and not shown, if all did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record FoundJobList(List<JobView> jobs, String next, Boolean incomplete, List<String> unavailable) {

    static FoundJobList of(FoundJobs found, Caller caller) {
        return new FoundJobList(
                found.jobs().stream().map(job -> JobView.of(job, caller)).toList(),
                found.next().orElse(null),
                found.complete() ? null : true,
                found.unavailable().isEmpty() ? null : found.unavailable());
    }
}
