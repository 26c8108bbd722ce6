package io.mainstay.mirror;

import io.mainstay.job.JobId;

/** @param version how often the job has ended or was requeued, and more if it started by a takeover */
public record JobVersion(JobId id, long version) {}
