package io.mainstay.lease.report;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the job became. */
@RegisterForReflection(fields = false)
public record ReportedView(String state) {}
