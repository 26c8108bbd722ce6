package io.mainstay.machine;

/** What fails a {@link TimedTest} at once, however the machine behaved: a lost job, for one. */
public final class Inexcusable extends AssertionError {

    private static final long serialVersionUID = 1L;

    private Inexcusable(Throwable cause) {
        super(cause.getMessage(), cause);
    }

    /** Fails if {@code assertion} does. */
    public static void unless(Runnable assertion) {
        try {
            assertion.run();
        } catch (AssertionError | RuntimeException failure) {
            throw new Inexcusable(failure);
        }
    }
}
