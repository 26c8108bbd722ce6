package io.mainstay.schedule;

import java.util.Optional;

/** Where schedules are kept: in the first store, and those of critical queues in the second as well, if there is one. */
public record ScheduleStores(ScheduleStore first, Optional<ScheduleStore> second) {}
