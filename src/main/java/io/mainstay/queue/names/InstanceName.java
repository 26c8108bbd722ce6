package io.mainstay.queue.names;

import io.mainstay.job.JobIds;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What this instance is called where workers are listed: its host, which in Kubernetes is the pod, and some characters that no other process has. */
@Singleton
public final class InstanceName {

    private static final int UNIQUE = 8;
    private static final int MOST_OF_HOST = WorkerName.LONGEST - UNIQUE - 1;

    private final String value;

    @Inject
    InstanceName(JobIds ids) {
        this(HostName.get(), ids);
    }

    InstanceName(String host, JobIds ids) {
        String plain = host.replaceAll("[^A-Za-z0-9.-]", "-");
        String token = ids.nextToken();
        // The ends are what tells pods and tokens apart.
        value = plain.substring(Math.max(0, plain.length() - MOST_OF_HOST)) + "-"
                + token.substring(token.length() - UNIQUE);
    }

    public String value() {
        return value;
    }
}
