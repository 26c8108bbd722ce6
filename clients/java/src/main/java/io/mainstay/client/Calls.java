package io.mainstay.client;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests that may be repeated, again and again for a while if need be. Thread-safe. */
final class Calls {

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    /** A body may come slowly, which the limit of the request itself does not count. */
    private static final Duration FOR_THE_BODY = Duration.ofSeconds(5);

    private final Http http;
    private final Duration patience;

    /** @param patience how long a call that fails is tried again; zero: once */
    Calls(Http http, Duration patience) {
        this.http = http;
        this.patience = patience;
    }

    /**
     * @throws ProblemException if the service refuses it
     * @throws UnavailableException if it failed for too long
     */
    Http.Answer send(Http.Request request) {
        Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT);
        long giveUpAt = System.nanoTime() + patience.toNanos();
        while (true) {
            Duration wait = backoff.next();
            MainstayException failure;
            try {
                Http.Answer answer = once(request);
                if (!answer.refused()) {
                    return answer;
                }
                failure = answer.problem();
                if (!answer.triedAgain()) {
                    throw failure;
                }
                wait = answer.retryAfter().orElse(wait);
            } catch (IOException e) {
                failure =
                        new UnavailableException("%s %s failed: %s".formatted(request.method(), request.path(), e), e);
            }
            if (System.nanoTime() + wait.toNanos() - giveUpAt > 0) {
                throw failure;
            }
            sleep(wait);
        }
    }

    /** @throws IOException if there is no answer that can be read */
    Http.Answer once(Http.Request request) throws IOException {
        CompletableFuture<HttpResponse<String>> sent = http.send(request);
        try {
            return Http.read(sent.get(request.limit().plus(FOR_THE_BODY).toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().toString(), e.getCause());
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new IOException("no whole answer within " + request.limit(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("the answer is no JSON: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            throw interrupted(e);
        }
    }

    static void sleep(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static UnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UnavailableException("interrupted", e);
    }
}
