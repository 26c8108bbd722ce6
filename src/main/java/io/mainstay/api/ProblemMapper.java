package io.mainstay.api;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobConflictException;
import io.mainstay.job.MainstayException;
import io.mainstay.job.NotDurableException;
import io.mainstay.job.PayloadTooLargeException;
import io.mainstay.job.StoreFullException;
import io.mainstay.job.StoreRefusedException;
import io.mainstay.job.StoreUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where errors become answers. What is not foreseen is logged in full and told in general. */
class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    private static final int RETRY_AFTER_SECONDS = 2;
    private static final int SERVER_ERROR = 500;

    private final BodyLimit limit;

    ProblemMapper(BodyLimit limit) {
        this.limit = limit;
    }

    @ServerExceptionMapper
    RestResponse<Problem> foreseen(MainstayException e) {
        Problem problem = Problem.of(e.slug(), e.status(), e.getMessage());
        if (e instanceof InvalidValueException invalid) {
            problem = problem.withField(invalid.field());
        } else if (e instanceof JobConflictException conflict) {
            problem = problem.withState(conflict.state().wireName());
        } else if (e instanceof PayloadTooLargeException tooLarge) {
            problem = problem.withField("payload").withLimit(tooLarge.limit());
        } else if (e instanceof StoreFullException
                || e instanceof StoreRefusedException
                || e instanceof NotDurableException) {
            LOG.debugf(e, "Refused or not durable");
            return answer(problem)
                    .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                    .build();
        } else if (e instanceof StoreUnavailableException) {
            return unavailable(e);
        }
        return answer(problem).build();
    }

    @ServerExceptionMapper
    RestResponse<Problem> malformed(MalformedRequestException e) {
        return answer(Problem.of(e.slug(), RestResponse.StatusCode.BAD_REQUEST, e.getMessage())
                        .withField(e.field()))
                .build();
    }

    @ServerExceptionMapper
    RestResponse<Problem> tooLarge(BodyTooLargeException e) {
        return answer(limit.problem()).build();
    }

    /** What the REST layer itself refuses: paths, methods, media types. */
    @ServerExceptionMapper
    RestResponse<Problem> refused(WebApplicationException e, UriInfo uri) {
        int status = e.getResponse().getStatus();
        if (status >= SERVER_ERROR) {
            return unforeseen(e, uri);
        }
        var response = answer(HttpProblem.of(status));
        String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
        if (allow != null) {
            response.header(HttpHeaders.ALLOW, allow);
        }
        return response.build();
    }

    @ServerExceptionMapper
    RestResponse<Problem> unforeseen(Throwable e, UriInfo uri) {
        String instance = "urn:uuid:" + UUID.randomUUID();
        LOG.errorf(e, "Unforeseen failure %s at %s", instance, uri.getPath());
        return answer(HttpProblem.of(SERVER_ERROR).withInstance(instance)).build();
    }

    private static RestResponse<Problem> unavailable(MainstayException e) {
        // The cause's own words may quote Redis; they are for the log, which whoever raised it has written.
        LOG.debugf(e, "Store unavailable");
        String detail = "The store did not answer in time. Sending the request again is safe;"
                + " an enqueue needs an id or Idempotency-Key for that.";
        return answer(Problem.of(e.slug(), e.status(), detail))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    private static ResponseBuilder<Problem> answer(Problem problem) {
        return ResponseBuilder.<Problem>create(problem.status())
                .entity(problem)
                .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
    }
}
