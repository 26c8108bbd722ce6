package io.mainstay.api.listing;

import io.mainstay.queue.errors.ErrorGroup;
import java.util.List;
import java.util.Optional;

/**
 * A page of groups of errors out of many queues.
 *
 * @param groups by queue, and in each the latest first
 * @param next cursor of the next page; empty on the last
 * @param complete false if queues may be missing because a part of the store did not answer
 * @param unavailable queues that did not answer, so that nothing of them is known
 */
public record FoundErrors(List<ErrorGroup> groups, Optional<String> next, boolean complete, List<String> unavailable) {

    public FoundErrors {
        groups = List.copyOf(groups);
        unavailable = List.copyOf(unavailable);
    }
}
