package io.mainstay.lease.extend;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * How the leases of a request stand, in their order.
 *
 * @param drain whether the worker is to take no more jobs
 */
@RegisterForReflection(fields = false)
public record ExtendView(List<LeaseAnswer> leases, boolean drain) {}
