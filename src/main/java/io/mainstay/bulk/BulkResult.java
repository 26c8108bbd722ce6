package io.mainstay.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.rest.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What became of the jobs of one request; null members are not shown.
 *
 * @param created jobs that are new
 * @param existing jobs that were there already
 * @param failed jobs that were refused
 * @param results one for each job that was looked at, in order, or for the refused ones only
 * @param stopped why the rest was not looked at
 * @param next index of the first job that was not, or not for certain, taken; sent again from there nothing is missed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record BulkResult(
        int created, int existing, int failed, List<ItemResult> results, Problem stopped, Integer next) {

    /**
     * @param status as a request with this job alone would have had
     * @param store of a critical queue, which stores have it
     * @param problem if it was refused
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record ItemResult(int index, int status, String id, String store, Problem problem) {}
}
