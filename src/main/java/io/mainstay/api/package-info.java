/** REST in, views out, errors as problem+json. Everything here runs on event loops and must not block. */
package io.mainstay.api;
