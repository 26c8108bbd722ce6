package io.mainstay.lease.report;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import java.util.List;

/**
 * Body of a request with reports.
 *
 * @param reports each as it came: one that is bad has nothing to do with the others
 */
public record ReportsRequest(List<Json> reports) {

    public ReportsRequest {
        if (reports == null || reports.isEmpty() || reports.size() > LeaseReports.MOST) {
            throw new InvalidValueException(
                    "reports",
                    reports == null ? null : reports.size() + " reports",
                    "1 to " + LeaseReports.MOST + " reports");
        }
    }
}
