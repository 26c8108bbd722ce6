package io.mainstay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.job.InvalidValueException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What went wrong (RFC 9457); null members are not shown.
 *
 * @param type {@code urn:mainstay:problem:} and the slug of the kind
 * @param title the kind in words
 * @param status the HTTP status
 * @param detail this case in words
 * @param field the value it is about
 * @param job the id of another job that stood in the way
 * @param state the job's state that stood in the way
 * @param limit the limit that was passed: bytes of a body or payload, jobs of a queue
 * @param missing the right that the caller lacks: {@code role}, {@code queue} or {@code payload}
 * @param instance names this case in the log
 * @param errors what is wrong within the value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection(targets = {Problem.class, InvalidValueException.Fault.class})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String field,
        String job,
        String state,
        Long limit,
        String missing,
        String instance,
        List<InvalidValueException.Fault> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(String slug, int status, String detail) {
        String title = Character.toUpperCase(slug.charAt(0)) + slug.substring(1).replace('-', ' ');
        return new Problem(
                "urn:mainstay:problem:" + slug, title, status, detail, null, null, null, null, null, null, null);
    }

    Problem withField(String name) {
        String shown = name == null || name.isEmpty() ? null : name;
        return new Problem(type, title, status, detail, shown, job, state, limit, missing, instance, errors);
    }

    Problem withState(String name) {
        return new Problem(type, title, status, detail, field, job, name, limit, missing, instance, errors);
    }

    Problem withJob(String id) {
        return new Problem(type, title, status, detail, field, id, state, limit, missing, instance, errors);
    }

    Problem withLimit(long passed) {
        return new Problem(type, title, status, detail, field, job, state, passed, missing, instance, errors);
    }

    Problem withInstance(String uri) {
        return new Problem(type, title, status, detail, field, job, state, limit, missing, uri, errors);
    }

    /** @param faults left out if there are none */
    Problem withErrors(List<InvalidValueException.Fault> faults) {
        List<InvalidValueException.Fault> shown = faults.isEmpty() ? null : faults;
        return new Problem(type, title, status, detail, field, job, state, limit, missing, instance, shown);
    }

    Problem withMissing(String right) {
        return new Problem(type, title, status, detail, field, job, state, limit, right, instance, errors);
    }
}
