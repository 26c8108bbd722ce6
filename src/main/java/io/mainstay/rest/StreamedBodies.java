package io.mainstay.rest;

/**
 * Calls that read their bodies as these come. They hold them to a limit of their own and to {@link BodyPace} themselves. A
 * feature that has such calls declares a bean of this type.
 */
public interface StreamedBodies {

    /** How the paths of these calls end, and no others. */
    String pathEnd();

    /** The largest body, in bytes. */
    long maxBody();
}
