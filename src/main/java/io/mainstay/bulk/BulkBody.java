package io.mainstay.bulk;

import io.mainstay.rest.BodyPace;
import io.mainstay.rest.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The body of a bulk request as it comes in: at most two buffers of it wait here. Whoever reads is blocked until there is
 * more, for as long as {@link BodyPace} allows or until it is stopped, by whatever thread.
 */
final class BulkBody extends InputStream {

    /** The rest is not to be read. */
    static final class StoppedException extends IOException {

        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        StoppedException(Problem problem) {
            super(problem.detail());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    private final HttpServerRequest request;
    private final BodyPace pace;
    private final Queue<Buffer> arrived = new ArrayDeque<>();
    private Buffer current = Buffer.buffer();
    private int position;
    private boolean begun;
    private boolean ended;
    private Throwable failure;
    private Problem stopped;
    /** When the reader began to wait for the next byte; 0 while it does not. */
    private long waitsSince;

    BulkBody(HttpServerRequest request, BodyPace pace) {
        this.request = request;
        this.pace = pace;
    }

    /** Has the next read fail; of several reasons the first counts. */
    synchronized void stop(Problem why) {
        if (stopped == null) {
            stopped = why;
            notifyAll();
        }
    }

    /** Why it was stopped, or null. */
    synchronized Problem stopped() {
        return stopped;
    }

    /** Nanoseconds for which the reader has been waiting for a byte. */
    synchronized long idle() {
        return waitsSince == 0 ? 0 : System.nanoTime() - waitsSince;
    }

    @Override
    public int read() throws IOException {
        return available(1) == 0 ? -1 : current.getUnsignedByte(position++);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = available(length);
        if (count == 0) {
            return length == 0 ? 0 : -1;
        }
        current.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    private int available(int most) throws IOException {
        while (most > 0 && position == current.length()) {
            Buffer next = next();
            if (next == null) {
                return 0;
            }
            current = next;
            position = 0;
        }
        return Math.min(most, current.length() - position);
    }

    private Buffer next() throws IOException {
        begin();
        Buffer next;
        synchronized (this) {
            await();
            next = arrived.poll();
        }
        if (next != null) {
            pace.came(next.length());
            request.fetch(1);
        }
        return next;
    }

    private void await() throws IOException {
        waitsSince = System.nanoTime();
        try {
            while (arrived.isEmpty() && !ended && failure == null && stopped == null) {
                long left = pace.left(System.nanoTime() - waitsSince);
                if (left <= 0) {
                    stopped = BodyPace.problem();
                } else {
                    wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the thread is to end", e);
        } finally {
            pace.waited(System.nanoTime() - waitsSince);
            waitsSince = 0;
        }
        if (stopped != null) {
            throw new StoppedException(stopped);
        }
        if (failure != null && arrived.isEmpty()) {
            throw new IOException("the connection ended", failure);
        }
    }

    private void begin() {
        synchronized (this) {
            if (begun) {
                return;
            }
            begun = true;
            if (request.isEnded()) {
                ended = true;
                return;
            }
        }
        request.pause();
        request.handler(this::arrived);
        request.endHandler(ignored -> ended());
        request.exceptionHandler(this::failed);
        if (request.version() == HttpVersion.HTTP_1_1 && request.headers().contains(HttpHeaders.EXPECT)) {
            request.response().writeContinue();
        }
        request.fetch(1);
    }

    private synchronized void arrived(Buffer buffer) {
        arrived.add(buffer);
        notifyAll();
    }

    private synchronized void ended() {
        ended = true;
        notifyAll();
    }

    private synchronized void failed(Throwable why) {
        failure = why;
        notifyAll();
    }
}
