package io.mainstay.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Watches one connection, so that an answer belongs to the request before it and to no other. Its state belongs to the
 * connection's event loop.
 *
 * <p>Invariant: a connection serves another request only if all that came over it were whole answers, one to each request.
 * Interim answers are read past (RFC 9110, 15.2). The pool hears of the end of an answer {@value #QUIET_MILLIS} ms after it
 * came; if anything follows it until then, or until the next request begins, the connection is closed. HTTP/1.1 does not number
 * answers: one that comes of the target's own accord while the next request is under way looks like the answer to that
 * one. So only targets that proved to be quiet have their connections used again ({@link QuietTargets}).
 *
 * <p>Rejected: Vert.x's own reading, for which a 102 is final and the 200 after it the answer to the next request; a new
 * connection for each request, which costs TLS handshakes; a client of our own, pool, TLS and names included.
 */
final class AnswerGuard extends ChannelDuplexHandler {

    /** What a target writes together with its answer comes within this time of its end. */
    static final long QUIET_MILLIS = 2;

    private final HttpConnection connection;
    private final SocketAddress target;
    private final QuietTargets targets;
    private final AnswerDecoder decoder = new AnswerDecoder(this);
    /** Whose request is under way; null before it is sent, and once its answer has ended. */
    private final AtomicReference<Exchange> exchange = new AtomicReference<>();

    private ChannelHandlerContext ctx;
    private ConnectionPhase phase = ConnectionPhase.IDLE;
    private int requests;
    private InterimAnswers interim = new InterimAnswers();
    private long received;
    /** Whether there is any doubt about the answer under way. */
    private boolean doubtful;

    AnswerGuard(HttpConnection connection, SocketAddress target, QuietTargets targets) {
        this.connection = connection;
        this.target = target;
        this.targets = targets;
    }

    AnswerDecoder decoder() {
        return decoder;
    }

    ConnectionPhase phase() {
        return phase;
    }

    /** To be called before the request is sent, on any thread. */
    void begin(Exchange next) {
        exchange.set(next);
    }

    /**
     * Closes the connection if the answer to that exchange has not ended. If it has, others may use the connection by now,
     * and it is left alone. Any thread.
     */
    void abandon(Exchange old) {
        if (exchange.compareAndSet(old, null)) {
            ctx.executor().execute(this::closeNow);
        }
    }

    /** Whether bytes that come now may be of an answer. */
    boolean expectsAnswer() {
        // While its request is being sent, it can be believed where no earlier one can be meant: "too large", for one.
        return phase == ConnectionPhase.SENT
                || phase == ConnectionPhase.ANSWERING
                || phase == ConnectionPhase.SENDING && requests == 1;
    }

    /** Bytes came that are of no answer. */
    void unexpected() {
        if (phase == ConnectionPhase.CLOSED) {
            return;
        }
        targets.odd(target);
        if (phase == ConnectionPhase.SENDING) {
            fail("an answer came before the request was sent");
        } else {
            // An answer that has ended was whole: it is passed on when the connection is closed.
            phase = phase == ConnectionPhase.ENDED ? phase : ConnectionPhase.CLOSED;
            closeNow();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        ChannelPromise written = promise;
        if (message instanceof HttpRequest request && phase != ConnectionPhase.CLOSED) {
            phase = ConnectionPhase.SENDING;
            requests++;
            interim = new InterimAnswers();
            received = 0;
            decoder.begin(request.method());
        }
        if (message instanceof LastHttpContent) {
            written = promise.unvoid();
            written.addListener(done -> {
                if (done.isSuccess() && phase == ConnectionPhase.SENDING) {
                    phase = ConnectionPhase.SENT;
                }
            });
        }
        super.write(context, message, written);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (phase != ConnectionPhase.CLOSED
                && message instanceof HttpObject part
                && part.decoderResult().isFailure()) {
            malformed(part.decoderResult().cause());
        }
        if (phase == ConnectionPhase.CLOSED) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpResponse head) {
            head(head);
        } else if (interim.takes(message)) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpContent content) {
            received += content.content().readableBytes();
            if (content instanceof LastHttpContent last) {
                end(last);
            } else {
                super.channelRead(context, content);
            }
        } else {
            super.channelRead(context, message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        passOnEnd();
        phase = ConnectionPhase.CLOSED;
        super.channelInactive(context);
    }

    private void head(HttpResponse head) {
        int status = head.status().code();
        if (phase == ConnectionPhase.ANSWERING) {
            fail("an answer began within another");
        } else if (status == 101) {
            fail("the target switched protocols without being asked");
        } else if (status < 100) {
            fail("the answer has the status " + status);
        } else if (head.protocolVersion().majorVersion() != 1) {
            fail("the answer is of " + head.protocolVersion());
        } else if (status < 200) {
            if (!interim.take(head)) {
                fail("more than %d interim answers came".formatted(InterimAnswers.MOST));
            }
            ReferenceCountUtil.release(head);
        } else if (AnswerFraming.isAmbiguous(head)) {
            targets.odd(target);
            fail("the answer has both Content-Length and Transfer-Encoding");
        } else {
            doubtful = phase == ConnectionPhase.SENDING
                    || interim.anyUnknown()
                    || !AnswerFraming.isPlain(head)
                    || !targets.proven(target);
            if (doubtful) {
                head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
            phase = ConnectionPhase.ANSWERING;
            ctx.fireChannelRead(head);
        }
    }

    private void end(LastHttpContent last) {
        phase = ConnectionPhase.ENDED;
        // From here on nobody may close the connection for having enough of the body.
        Exchange answered = exchange.getAndSet(null);
        // Only the end is held back, not the last of the body.
        ctx.fireChannelRead(new DefaultHttpContent(last.content()));
        if (answered != null) {
            answered.answered(received);
        }
        if (doubtful) {
            passOnEnd();
        } else {
            ctx.executor().schedule(this::passOnEnd, QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void passOnEnd() {
        if (phase == ConnectionPhase.ENDED) {
            phase = ConnectionPhase.IDLE;
            ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            // Vert.x holds back what it writes until then.
            ctx.fireChannelReadComplete();
        }
    }

    private void malformed(Throwable cause) {
        if (ctx.channel().isActive()) {
            targets.odd(target);
        }
        fail("the answer is malformed: " + cause.getMessage());
    }

    private void fail(String reason) {
        phase = ConnectionPhase.CLOSED;
        Exchange failed = exchange.getAndSet(null);
        if (failed != null) {
            failed.failed(new IOException(reason));
        }
        closeNow();
    }

    private void closeNow() {
        // This takes it from the pool, but would close it only after what the target does not read was written.
        connection.close();
        ctx.close();
    }
}
