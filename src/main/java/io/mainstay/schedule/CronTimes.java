package io.mainstay.schedule;

/** The times of a day that a cron expression matches, as seconds since midnight. */
record CronTimes(CronField seconds, CronField minutes, CronField hours) {

    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    static final int LAST = 24 * HOUR - 1;

    /** @return -1 if there is none left on that day */
    int atOrAfter(int time) {
        for (int hour = hours.atOrAfter(time / HOUR); hour >= 0; hour = hours.atOrAfter(hour + 1)) {
            int from = Math.max(time - hour * HOUR, 0);
            for (int minute = minutes.atOrAfter(from / MINUTE); minute >= 0; minute = minutes.atOrAfter(minute + 1)) {
                int second = seconds.atOrAfter(Math.max(from - minute * MINUTE, 0));
                if (second >= 0) {
                    return hour * HOUR + minute * MINUTE + second;
                }
            }
        }
        return -1;
    }

    /** @return -1 if there is none on that day until then */
    int atOrBefore(int time) {
        for (int hour = hours.atOrBefore(time / HOUR); hour >= 0; hour = hours.atOrBefore(hour - 1)) {
            int until = Math.min(time - hour * HOUR, HOUR - 1);
            for (int minute = minutes.atOrBefore(until / MINUTE);
                    minute >= 0;
                    minute = minutes.atOrBefore(minute - 1)) {
                int second = seconds.atOrBefore(Math.min(until - minute * MINUTE, MINUTE - 1));
                if (second >= 0) {
                    return hour * HOUR + minute * MINUTE + second;
                }
            }
        }
        return -1;
    }
}
