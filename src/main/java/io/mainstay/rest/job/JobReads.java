package io.mainstay.rest.job;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.JobQueue;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.PageRequest;
import io.mainstay.rest.AnswerBudget;
import io.mainstay.security.Caller;
import io.mainstay.security.CurrentCaller;
import io.mainstay.vertx.VertxInternals;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundInvoker;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Reads jobs for callers, each as its caller may see it, within the memory that there is for answers. */
@Singleton
public class JobReads {

    /** Spec and times of a job, about. */
    private static final long AROUND = 1024;

    /** Ten messages of a thousand characters. */
    private static final long MOST_ERRORS = 10_000;

    private final JobQueue jobs;
    private final AnswerBudget budget;
    private final CurrentVertxRequest request;
    private final CurrentCaller callers;
    private final long largestJob;

    JobReads(
            JobQueue jobs, AnswerBudget budget, CurrentVertxRequest request, CurrentCaller callers, JobsConfig config) {
        this.callers = callers;
        this.jobs = jobs;
        this.budget = budget;
        this.request = request;
        // A result is held to the limit of payloads.
        this.largestJob = AROUND + MOST_ERRORS + 2 * config.maxPayload().asLongValue();
    }

    /** Of the request under way. */
    Requester requester() {
        return new Requester(callers.get(), request.getCurrent());
    }

    Uni<JobView> get(QueueName queue, JobId id, Requester requester) {
        return one(() -> jobs.get(queue, id), requester);
    }

    public Uni<JobPageView> list(QueueName queue, PageRequest page, Set<JobPart> parts) {
        Requester requester = requester();
        Caller caller = requester.caller();
        Set<JobPart> shown = caller.payload() ? parts : JobPart.NONE;
        return within(
                        requester,
                        JobStore.MOST_PAGE_BYTES,
                        () -> new MatchingJobs(jobs).page(queue, page, shown),
                        found ->
                                found.jobs().stream().mapToLong(JobReads::bytes).sum())
                .map(found -> JobPageView.of(found, caller));
    }

    /** Reads jobs without payloads and results that come from several lists, for about as many bytes as two pages have. */
    public <T> Uni<T> several(Supplier<Uni<T>> read, Function<T, List<Job>> found) {
        return within(requester(), 2L * JobStore.MOST_PAGE_BYTES, read, answer -> found.apply(answer).stream()
                .mapToLong(JobReads::bytes)
                .sum());
    }

    /** Does what answers with a job, once there is memory for that. */
    public Uni<JobView> one(Supplier<Uni<Job>> read) {
        return one(read, requester());
    }

    private Uni<JobView> one(Supplier<Uni<Job>> read, Requester requester) {
        return within(requester, largestJob, read, JobReads::bytes).map(job -> JobView.of(job, requester.caller()));
    }

    /** Reads what may be larger than any one job. */
    public <T> Uni<T> large(Supplier<Uni<T>> read, ToLongFunction<T> bytes) {
        return within(requester(), budget.largest(), read, bytes);
    }

    private <T> Uni<T> within(Requester requester, long most, Supplier<Uni<T>> read, ToLongFunction<T> bytes) {
        RoutingContext answered = requester.request();
        return budget.take(most).chain(share -> {
            share.whenOverdue(() -> cut(answered.request()));
            answered.addEndHandler(ended -> whenWritten(answered.request(), share::release));
            if (answered.response().ended() || answered.response().closed()) {
                share.release();
            }
            return Uni.createFrom()
                    .deferred(read::get)
                    .invoke(found -> share.shrinkTo(bytes.applyAsLong(found)))
                    .onFailure()
                    .invoke(share::release);
        });
    }

    /** The end of an answer is when it was handed over to be written; what waits behind it goes out when it is written. */
    private static void whenWritten(HttpServerRequest request, Runnable action) {
        channel(request).writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> action.run());
    }

    /** Behind Vert.x' back, which would wait until all is written: nobody takes it. */
    private static void cut(HttpServerRequest request) {
        Optional.ofNullable(channel(request).pipeline().firstContext()).ifPresent(ChannelOutboundInvoker::close);
    }

    private static Channel channel(HttpServerRequest request) {
        return VertxInternals.channel(request.connection());
    }

    /** About what it takes in an answer. */
    public static long bytes(Job job) {
        return AROUND
                + characters(job.spec().payload())
                + characters(job.status().result())
                + job.status().errors().stream()
                        .mapToLong(error -> error.message().length())
                        .sum();
    }

    /** About its bytes, without counting them. */
    private static long characters(Json value) {
        return value == null || value.isLeftOut() ? 0 : value.text().length();
    }
}
