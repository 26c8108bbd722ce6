/** Jobs that are HTTP requests: what may be called, the call itself, and what its answer means for the job. */
package io.mainstay.http;
