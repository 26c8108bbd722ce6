package io.mainstay.fuzz;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sends requests on several connections at once, and keeps what is wrong with their answers. */
final class FuzzRun {

    private static final int CONNECTIONS = 12;
    private static final Duration MOST = Duration.ofSeconds(5);
    /** Longer than an answer may take, so that one which comes late is told from none. */
    private static final Duration PATIENCE = MOST.multipliedBy(2);

    private static final int FIRST_ERROR = 400;
    private static final int ENOUGH = 200;
    private static final int OF_A_KIND = 3;

    private final RequestGenerator generator;
    private final AnswerChecks checks;
    private final InetSocketAddress service;
    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentLinkedQueue<Finding> findings = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Finding> late = new ConcurrentLinkedQueue<>();
    private final AtomicLong slowest = new AtomicLong();
    private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final Set<ApiOperation> succeeded = ConcurrentHashMap.newKeySet();

    /** What is wrong with the answer to a request. */
    record Finding(String fault, FuzzRequest request, String answer) {

        String kind() {
            return fault.replaceAll("[0-9]+|: .*", "");
        }

        @Override
        public String toString() {
            return "%s%n%s%n--> %s%n".formatted(fault, request, answer);
        }
    }

    FuzzRun(RequestGenerator generator, AnswerChecks checks, URI service) {
        this.generator = generator;
        this.checks = checks;
        this.service = new InetSocketAddress(service.getHost(), service.getPort());
    }

    /** Ends early if a lot is wrong. */
    void send(int first, int requests) throws Exception {
        next.set(first);
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<?>> senders = new ArrayList<>();
            IntStream.range(0, CONNECTIONS)
                    .forEach(each -> senders.add(threads.submit(() -> sendUntil(first + requests))));
            for (Future<?> sender : senders) {
                sender.get();
            }
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** What is wrong however slow the machine is: by kind of fault, a few of each. */
    List<Finding> wrong() {
        return findings.stream().collect(Collectors.groupingBy(Finding::kind)).values().stream()
                .flatMap(same -> same.stream().limit(OF_A_KIND))
                .toList();
    }

    /** Requests that were not answered in time. */
    List<Finding> late() {
        return late.stream().limit(OF_A_KIND).toList();
    }

    Duration slowest() {
        return Duration.ofMillis(slowest.get());
    }

    /** How many answers there were of each status. */
    Map<Integer, AtomicInteger> answers() {
        return new TreeMap<>(answers);
    }

    /** Operations that never did what they were asked for: only their refusals are known. */
    List<ApiOperation> withoutSuccess(ApiDocument document) {
        return document.operations().stream()
                .filter(operation -> !succeeded.contains(operation))
                .toList();
    }

    private void sendUntil(int end) {
        try (FuzzConnection connection = new FuzzConnection(service, PATIENCE)) {
            for (int number = next.getAndIncrement();
                    number < end && findings.size() + late.size() < ENOUGH;
                    number = next.getAndIncrement()) {
                FuzzRequest request = generator.request(number);
                try {
                    look(request, connection.exchange(request));
                } catch (IOException e) {
                    boolean tooLate = e.getCause() instanceof SocketTimeoutException;
                    (tooLate ? late : findings).add(new Finding("no answer: " + e.getMessage(), request, e.toString()));
                }
            }
        }
    }

    private void look(FuzzRequest request, FuzzAnswer answer) {
        answers.computeIfAbsent(answer.status(), status -> new AtomicInteger()).incrementAndGet();
        slowest.accumulateAndGet(answer.took().toMillis(), Math::max);
        if (answer.took().compareTo(MOST) > 0) {
            late.add(new Finding("took longer than " + MOST, request, answer.toString()));
        }
        if (answer.status() < FIRST_ERROR) {
            request.operation().ifPresent(succeeded::add);
        }
        checks.faults(request, answer).forEach(fault -> findings.add(new Finding(fault, request, answer.toString())));
    }
}
