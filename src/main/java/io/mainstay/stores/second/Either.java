package io.mainstay.stores.second;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

/**
 * Asks two stores at the same time and puts together what they say. A store that is away is left out where the other knows
 * enough, and does not hold up the other's answer for long.
 *
 * @param <T> an answer
 */
final class Either<T> {

    /** How long one is waited for once the other has answered, where both are wanted. */
    private static final Duration LATE = Duration.ofMillis(500);

    private final UniEmitter<? super T> emitter;
    private T ofFirst;
    private T ofSecond;
    private boolean firstAnswered;
    private boolean secondAnswered;
    private Throwable failure;
    private int waitedFor = 2;
    private boolean over;

    private Either(UniEmitter<? super T> emitter) {
        this.emitter = emitter;
    }

    /**
     * The first answer that is what is looked for. If neither is, that of the first store; but if a store does not answer, its failure, for nothing
     * is known then.
     */
    static <T> Uni<T> found(Uni<T> first, Uni<T> second, Predicate<T> found) {
        return Uni.createFrom().emitter(emitter -> {
            Either<T> either = new Either<>(emitter);
            first.subscribe().with(answer -> either.found(answer, true, found), either::missing);
            second.subscribe().with(answer -> either.found(answer, false, found), either::missing);
        });
    }

    /** Both answers added up; that of one store alone if the other does not answer, or late; fails if neither does. */
    static <T> Uni<T> sum(Uni<T> first, Uni<T> second, BinaryOperator<T> sum) {
        return Uni.createFrom().emitter(emitter -> {
            Either<T> either = new Either<>(emitter);
            first.subscribe().with(answer -> either.add(answer, true, sum), failure -> either.addNothing(failure, sum));
            second.subscribe()
                    .with(answer -> either.add(answer, false, sum), failure -> either.addNothing(failure, sum));
        });
    }

    private synchronized void found(T answer, boolean first, Predicate<T> found) {
        take(answer, first);
        if (found.test(answer)) {
            complete(answer);
        } else {
            endUnlessFound();
        }
    }

    private synchronized void missing(Throwable why) {
        failure = why;
        waitedFor--;
        endUnlessFound();
    }

    private void endUnlessFound() {
        if (waitedFor == 0 && failure != null) {
            fail();
        } else if (waitedFor == 0) {
            complete(ofFirst);
        }
    }

    private synchronized void add(T answer, boolean first, BinaryOperator<T> sum) {
        take(answer, first);
        if (waitedFor == 0) {
            complete(whole(sum));
        } else {
            Infrastructure.getDefaultWorkerPool().schedule(() -> late(sum), LATE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void addNothing(Throwable why, BinaryOperator<T> sum) {
        failure = why;
        waitedFor--;
        if (waitedFor == 0 && !firstAnswered && !secondAnswered) {
            fail();
        } else if (waitedFor == 0) {
            complete(whole(sum));
        }
    }

    private synchronized void late(BinaryOperator<T> sum) {
        complete(whole(sum));
    }

    private T whole(BinaryOperator<T> sum) {
        if (firstAnswered && secondAnswered) {
            return sum.apply(ofFirst, ofSecond);
        }
        return firstAnswered ? ofFirst : ofSecond;
    }

    private void take(T answer, boolean first) {
        waitedFor--;
        if (first) {
            ofFirst = answer;
            firstAnswered = true;
        } else {
            ofSecond = answer;
            secondAnswered = true;
        }
    }

    private void complete(T answer) {
        if (!over) {
            over = true;
            emitter.complete(answer);
        }
    }

    private void fail() {
        if (!over) {
            over = true;
            emitter.fail(failure);
        }
    }
}
