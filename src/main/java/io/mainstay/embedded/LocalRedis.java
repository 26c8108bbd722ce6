package io.mainstay.embedded;

import java.net.URI;

/** A Redis that belongs to this process. */
interface LocalRedis {

    /** Starts it, if it does not run yet. */
    URI start();
}
