package io.mainstay.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.api.listing.FoundErrors;
import io.mainstay.queue.errors.ErrorGroup;
import io.mainstay.rest.job.JobSerializer;
import io.mainstay.security.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A page of groups of errors as shown.
 *
 * @param next null, and not shown, on the last
 * @param incomplete true if queues may be missing because part of Redis did not answer; null, and not shown, if not
 * @param unavailable queues that did not answer; null, and not shown, if all did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record ErrorList(List<ErrorView> errors, String next, Boolean incomplete, List<String> unavailable) {

    /**
     * One group.
     *
     * @param error its fingerprint
     * @param message null, and not shown, to callers without the right to payloads
     * @param jobs how many are dead
     * @param example id of the latest job
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record ErrorView(
            String error,
            String queue,
            String handler,
            String type,
            String message,
            long jobs,
            String firstSeen,
            String lastSeen,
            String example) {}

    static ErrorList of(FoundErrors found, Caller caller) {
        return new ErrorList(
                found.groups().stream().map(group -> view(group, caller)).toList(),
                found.next().orElse(null),
                found.complete() ? null : true,
                found.unavailable().isEmpty() ? null : found.unavailable());
    }

    private static ErrorView view(ErrorGroup group, Caller caller) {
        return new ErrorView(
                group.fingerprint(),
                group.queue().logical().value(),
                group.handler(),
                group.type(),
                caller.payload() ? group.message() : null,
                group.jobs(),
                JobSerializer.text(group.firstSeen()),
                JobSerializer.text(group.lastSeen()),
                group.example().value());
    }
}
