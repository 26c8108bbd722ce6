package io.mainstay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

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
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
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
        String instance) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(String slug, int status, String detail) {
        String title = Character.toUpperCase(slug.charAt(0)) + slug.substring(1).replace('-', ' ');
        return new Problem("urn:mainstay:problem:" + slug, title, status, detail, null, null, null, null, null, null);
    }

    Problem withField(String name) {
        String shown = name == null || name.isEmpty() ? null : name;
        return new Problem(type, title, status, detail, shown, job, state, limit, missing, instance);
    }

    Problem withState(String name) {
        return new Problem(type, title, status, detail, field, job, name, limit, missing, instance);
    }

    Problem withJob(String id) {
        return new Problem(type, title, status, detail, field, id, state, limit, missing, instance);
    }

    Problem withLimit(long passed) {
        return new Problem(type, title, status, detail, field, job, state, passed, missing, instance);
    }

    Problem withInstance(String uri) {
        return new Problem(type, title, status, detail, field, job, state, limit, missing, uri);
    }

    Problem withMissing(String right) {
        return new Problem(type, title, status, detail, field, job, state, limit, right, instance);
    }
}
