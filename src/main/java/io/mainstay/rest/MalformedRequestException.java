package io.mainstay.rest;

/** The request cannot be read as what it should be; answered with 400. Says nothing about what it asked for. */
public final class MalformedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String slug;
    private final String field;

    /** @param field dotted name of the offending field; empty if it is the body as a whole */
    MalformedRequestException(String slug, String field, String message) {
        super(message);
        this.slug = slug;
        this.field = field;
    }

    String slug() {
        return slug;
    }

    String field() {
        return field;
    }
}
