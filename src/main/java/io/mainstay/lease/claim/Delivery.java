package io.mainstay.lease.claim;

import io.mainstay.rest.AnswerBudget;
import io.mainstay.vertx.VertxInternals;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundInvoker;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the jobs of one request: received once the last byte of the answer was written, else given back, whatever happened. Thread-safe.
 */
final class Delivery {

    private final Channel channel;
    private final ReceivedJobs received;
    private final GiveBack giveBack;
    /** Whether its jobs wait for its repeat, should it not be answered. */
    private final boolean repeatable;

    private Runnable leave = () -> {};
    private AnswerBudget.Share share;
    private List<Batch> batches = List.of();
    private List<LeasedJob> jobs = List.of();
    /** Whether the answer has these jobs, and not an error that came up. */
    private boolean written;

    private boolean ended;

    Delivery(Channel channel, ReceivedJobs received, GiveBack giveBack, boolean repeatable) {
        this.channel = channel;
        this.received = received;
        this.giveBack = giveBack;
        this.repeatable = repeatable;
    }

    /** Of the answer to this request. */
    static Delivery of(RoutingContext request, ReceivedJobs received, GiveBack giveBack, boolean repeatable) {
        Channel channel = VertxInternals.channel(request.request().connection());
        Delivery delivery = new Delivery(channel, received, giveBack, repeatable);
        request.addEndHandler(result -> delivery.ended(result.succeeded()));
        if (request.response().ended() || request.response().closed()) {
            delivery.ended(false);
        }
        return delivery;
    }

    /**
     * @param action run if the caller goes away while it waits
     * @return whether it is there
     */
    synchronized boolean waiting(Runnable action) {
        leave = action;
        return !ended;
    }

    /** These jobs are its own from now on. */
    void holds(List<Batch> claimed) {
        synchronized (this) {
            leave = () -> {};
            if (!ended) {
                batches = claimed;
                return;
            }
        }
        giveBack(claimed);
    }

    /** @param taken memory of the answer, until it is written */
    void uses(AnswerBudget.Share taken) {
        synchronized (this) {
            if (!ended) {
                share = taken;
                taken.whenOverdue(this::cut);
                return;
            }
        }
        taken.release();
    }

    /** The answer that is written now has these. */
    synchronized void writes(List<LeasedJob> leased) {
        jobs = leased;
        written = true;
    }

    /** @param handedOver whether all of the answer is to be written now; if not, the connection was closed */
    void ended(boolean handedOver) {
        Runnable gone;
        List<Batch> claimed;
        boolean whole;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            gone = leave;
            claimed = batches;
            whole = handedOver && written;
        }
        gone.run();
        if (whole) {
            // The end of an answer is when it was handed over to be written; what waits behind it goes out when it is
            // written.
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> over(done.isSuccess(), claimed));
        } else {
            over(false, claimed);
        }
    }

    private void over(boolean all, List<Batch> claimed) {
        AnswerBudget.Share used;
        synchronized (this) {
            used = share;
        }
        if (used != null) {
            used.release();
        }
        if (all) {
            received.received(jobs);
        } else {
            giveBack(claimed);
        }
    }

    private void giveBack(List<Batch> claimed) {
        if (!repeatable) {
            claimed.forEach(giveBack::release);
        }
    }

    /** Behind Vert.x' back, which would wait until all is written: nobody takes it. */
    private void cut() {
        Optional.ofNullable(channel.pipeline().firstContext()).ifPresent(ChannelOutboundInvoker::close);
    }
}
