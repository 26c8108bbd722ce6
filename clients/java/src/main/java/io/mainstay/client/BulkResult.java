package io.mainstay.client;

import java.util.List;
import java.util.Optional;

/**
 * What became of many jobs that were enqueued together.
 *
 * @param created how many were added
 * @param existing how many were there before
 * @param items one for each job, in their order
 */
public record BulkResult(int created, int existing, List<Item> items) {

    /**
     * @param index place of the job in the request, from 0
     * @param id of the job; empty if it was refused without one
     * @param problem why it was refused, if it was
     */
    public record Item(int index, String id, Optional<ProblemException> problem) {}

    /** Those that were refused. */
    public List<Item> failed() {
        return items.stream().filter(item -> item.problem().isPresent()).toList();
    }

    static BulkResult of(JsonValue answer) {
        List<Item> items =
                answer.get("results").items().stream().map(BulkResult::item).toList();
        return new BulkResult(
                answer.get("created").asInt(), answer.get("existing").asInt(), items);
    }

    private static Item item(JsonValue result) {
        JsonValue problem = result.get("problem");
        return new Item(
                result.get("index").asInt(),
                result.get("id").asString(""),
                problem.isNull()
                        ? Optional.empty()
                        : Optional.of(new ProblemException(result.get("status").asInt(), problem)));
    }
}
