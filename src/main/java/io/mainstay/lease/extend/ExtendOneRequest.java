package io.mainstay.lease.extend;

/**
 * Body of a request to extend the lease that the path names.
 *
 * @param draft what is asked for, but for the token
 */
public record ExtendOneRequest(Extension.Draft draft) {}
