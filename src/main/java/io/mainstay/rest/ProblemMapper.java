package io.mainstay.rest;

import io.mainstay.job.MainstayException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where errors become answers. What is not foreseen is logged in full and told in general. */
class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    private static final int RETRY_AFTER_SECONDS = 2;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final int TOO_MANY = 429;

    private final BodyLimit limit;

    ProblemMapper(BodyLimit limit) {
        this.limit = limit;
    }

    @ServerExceptionMapper
    RestResponse<Problem> foreseen(MainstayException e) {
        ResponseBuilder<Problem> response = answer(Problems.of(e));
        if (e.status() == UNAVAILABLE || e.status() == TOO_MANY) {
            LOG.debugf(e, "Not done");
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.build();
    }

    @ServerExceptionMapper
    RestResponse<Problem> malformed(MalformedRequestException e) {
        return answer(Problems.of(e)).build();
    }

    @ServerExceptionMapper
    RestResponse<Problem> forbidden(ForbiddenException e) {
        return answer(Problems.of(e)).build();
    }

    @ServerExceptionMapper
    RestResponse<Problem> tooLarge(BodyTooLargeException e) {
        // The rest of the body is not read, so the connection is of no more use.
        return answer(limit.problem()).header("Connection", "close").build();
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
        return answer(Problems.unforeseen(e, uri.getPath())).build();
    }

    private static ResponseBuilder<Problem> answer(Problem problem) {
        return ResponseBuilder.<Problem>create(problem.status())
                .entity(problem)
                .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
    }
}
