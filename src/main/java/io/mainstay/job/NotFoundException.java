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
        return new NotFoundException("flow-not-found", "there is no flow '%s'".formatted(id));
    }

    public static NotFoundException apiKey(String id) {
        return new NotFoundException("key-not-found", "there is no key %s".formatted(id));
    }

    public static NotFoundException handler(HandlerName name) {
        return new NotFoundException("handler-not-found", "no handler %s is known".formatted(name));
    }

    public static NotFoundException policy(QueueName queue) {
        return new NotFoundException("policy-not-found", "queue %s has no policy".formatted(queue));
    }

    public static NotFoundException hook(String name) {
        return new NotFoundException("hook-not-found", "there is no hook %s".formatted(name));
    }

    public static NotFoundException worker(String name) {
        return new NotFoundException(
                "worker-not-found", "there is no worker %s, or nothing was heard of it lately".formatted(name));
    }

    public static NotFoundException schedule(ScheduleName name) {
        return new NotFoundException("schedule-not-found", "there is no schedule %s".formatted(name));
    }
}
