package io.mainstay.job;

/** There is nothing of that name: never made here, deleted, or kept no longer. */
public final class NotFoundException extends MainstayException {

    private static final long serialVersionUID = 1L;

    private NotFoundException(String slug, String message) {
        super(slug, 404, message, null);
    }

    public static NotFoundException job(QueueName queue, JobId id) {
        return new NotFoundException("job-not-found", "queue %s has no job %s".formatted(queue, id));
    }

    public static NotFoundException flow(FlowId id) {
        return new NotFoundException("flow-not-found", "flow '%s' does not exist".formatted(id));
    }

    public static NotFoundException apiKey(String id) {
        return new NotFoundException("key-not-found", "key %s does not exist".formatted(id));
    }

    public static NotFoundException handler(HandlerName name) {
        return new NotFoundException("handler-not-found", "no handler %s is known".formatted(name));
    }

    public static NotFoundException policy(QueueName queue) {
        return new NotFoundException("policy-not-found", "queue %s has no policy".formatted(queue));
    }

    public static NotFoundException hook(String name) {
        return new NotFoundException("hook-not-found", "hook %s does not exist".formatted(name));
    }

    public static NotFoundException worker(String name) {
        return new NotFoundException(
                "worker-not-found", "worker %s does not exist, or has not been seen lately".formatted(name));
    }

    public static NotFoundException schedule(ScheduleName name) {
        return new NotFoundException("schedule-not-found", "schedule %s does not exist".formatted(name));
    }
}
