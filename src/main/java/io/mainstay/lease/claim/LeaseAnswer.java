package io.mainstay.lease.claim;

import io.mainstay.lease.report.ReportAnswer;
import io.mainstay.rest.Problem;
import java.util.List;

/**
 * What a worker is answered.
 *
 * @param jobs those it has from now on
 * @param tokens of their leases, in the same order
 * @param reports what became of those that came along; null if there were none
 * @param drain whether it is to take no more jobs
 * @param problem why nobody knows whether there are jobs; null unless that is so
 * @param delivery is told that the jobs are written
 */
record LeaseAnswer(
        List<LeasedJob> jobs,
        List<String> tokens,
        List<ReportAnswer> reports,
        boolean drain,
        Problem problem,
        Delivery delivery) {}
