package io.mainstay.api;

import io.mainstay.api.listing.FoundJobs;
import io.mainstay.api.listing.JobSearch;
import io.mainstay.api.listing.QueueRange;
import io.mainstay.api.listing.SearchCursor;
import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.queue.PageRequest;
import io.mainstay.rest.WholeNumber;
import io.mainstay.rest.job.JobFilterQuery;
import io.mainstay.rest.job.JobReads;
import io.mainstay.security.Access;
import io.mainstay.security.Caller;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Jobs across queues. */
@Path("/v1/jobs")
@Tag(name = "Jobs")
@RegisterForReflection(fields = false)
public class JobSearchResource {

    private static final int USUAL_LIMIT = 50;

    private final JobSearch search;
    private final JobReads reads;
    private final CurrentCaller callers;

    JobSearchResource(JobSearch search, JobReads reads, CurrentCaller callers) {
        this.search = search;
        this.reads = reads;
        this.callers = callers;
    }

    @GET
    @Access(value = Role.READER, scope = Scope.FILTERED)
    @Operation(operationId = "searchJobs", summary = "Search jobs in all queues, by state or id, page by page")
    @Parameter(name = "state", in = ParameterIn.QUERY, ref = "searchState")
    @Parameter(name = "id", in = ParameterIn.QUERY, ref = "searchId")
    @Parameter(name = "queue", in = ParameterIn.QUERY, ref = "someQueues")
    @Parameter(name = "handler", in = ParameterIn.QUERY, ref = "handler")
    @Parameter(name = "group", in = ParameterIn.QUERY, ref = "group")
    @Parameter(name = "errorType", in = ParameterIn.QUERY, ref = "errorType")
    @Parameter(name = "error", in = ParameterIn.QUERY, ref = "error")
    @Parameter(name = "from", in = ParameterIn.QUERY, ref = "from")
    @Parameter(name = "to", in = ParameterIn.QUERY, ref = "to")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, ref = "cursor")
    @Parameter(name = "limit", in = ParameterIn.QUERY, ref = "limit")
    @APIResponse(responseCode = "200", ref = "FoundJobs")
    public Uni<FoundJobList> find(@Context UriInfo uri) {
        MultivaluedMap<String, String> parameters = uri.getQueryParameters();
        Caller caller = callers.get();
        Optional<JobId> id = JobFilterQuery.text(parameters, "id").map(JobId::new);
        JobSearch.Query query = query(parameters, caller);
        if (id.isPresent() && query.filter().error().isPresent()) {
            throw new InvalidValueException("error", query.filter().error().get(), "left out where id is given");
        }
        if (id.isEmpty() && query.state().isEmpty()) {
            throw new InvalidValueException("state", null, "given, or id");
        }
        return reads.several(
                        () -> id.isPresent() ? search.byId(id.get(), query) : search.inState(query), FoundJobs::jobs)
                .map(found -> FoundJobList.of(found, caller));
    }

    private static JobSearch.Query query(MultivaluedMap<String, String> parameters, Caller caller) {
        int limit = JobFilterQuery.text(parameters, "limit")
                .map(text -> WholeNumber.parse("limit", text))
                .orElse(USUAL_LIMIT);
        Bounds.between("limit", limit, 1, PageRequest.MOST);
        return new JobSearch.Query(
                JobFilterQuery.text(parameters, "state").map(name -> JobState.ofWireName("state", name)),
                JobFilterQuery.read(parameters, "from", "to"),
                QueueRange.of(parameters.getFirst("queue"), caller),
                JobFilterQuery.text(parameters, "cursor").map(SearchCursor::parse),
                limit);
    }
}
