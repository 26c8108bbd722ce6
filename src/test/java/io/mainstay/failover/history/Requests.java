package io.mainstay.failover.history;

import java.time.Duration;
import java.util.stream.Stream;

/** {@link Rule#ANSWERED}. */
final class Requests {

    private static final int BROKEN = 500;

    private Requests() {}

    static Stream<Violation> check(Story story, Strikes strikes) {
        return story.calls().stream()
                .flatMap(call -> story.violation(
                        Rule.ANSWERED,
                        call.answer().status() == BROKEN || call.answer().status() <= 0 && !strikes.excuse(call),
                        how(call)));
    }

    private static String how(Call call) {
        String request = call.kind() + " at " + call.instance();
        return switch (call.answer().status()) {
            case Call.Answer.NONE ->
                "%s: no answer in %d ms"
                        .formatted(
                                request,
                                Duration.between(call.sent(), call.until()).toMillis());
            case Call.Answer.REFUSED -> request + ": no connection";
            default -> request + ": " + call.answer().status();
        };
    }
}
