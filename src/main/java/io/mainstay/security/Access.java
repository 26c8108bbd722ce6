package io.mainstay.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call a REST operation: the one place that says so, read by the filter, the API description and the docs. An
 * operation without it is refused.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Access {

    /** One of these roles suffices. */
    Role[] value();

    Scope scope();

    /** Whether the right to payloads is needed, too, for there is nothing else in the answer. */
    boolean payload() default false;
}
