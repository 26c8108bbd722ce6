package io.mainstay.job;

/** No schedule of that name: never put here, or deleted. */
public final class ScheduleNotFoundException extends MainstayException {

    private static final long serialVersionUID = 1L;

    public ScheduleNotFoundException(ScheduleName name) {
        super("schedule-not-found", 404, "there is no schedule %s".formatted(name), null);
    }
}
