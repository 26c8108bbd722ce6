package io.mainstay.handler;

import io.mainstay.job.HandlerName;
import java.util.Set;

/** The handlers this service knows of. */
public interface HandlerCatalog {

    boolean knows(HandlerName name);

    /** All names, for error messages and discovery. */
    Set<HandlerName> names();
}
