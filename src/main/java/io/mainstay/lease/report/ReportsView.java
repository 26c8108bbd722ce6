package io.mainstay.lease.report;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** What became of the reports of a request, in their order. */
@RegisterForReflection(fields = false)
public record ReportsView(List<ReportAnswer> reports) {}
