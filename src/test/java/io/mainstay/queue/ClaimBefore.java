package io.mainstay.queue;

import io.mainstay.job.JobId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a claim finds once it has swept, before it takes jobs.
 *
 * @param room how many jobs it may start by its own limit and those of the queue
 * @param lines all lines, first come first, with those that the claim wants
 * @param startable those of which such a job may start
 * @param rooms how many may start of a line by the limits of groups
 * @param slots jobs that count against the limit of their group
 */
record ClaimBefore(
        int room,
        Instant now,
        Map<String, List<TwinJob>> lines,
        Set<String> startable,
        Map<String, GroupRoom> rooms,
        Set<JobId> slots) {

    static ClaimBefore of(TwinLines lines, int room, TwinServed wanted, Instant now) {
        Map<String, List<TwinJob>> waiting = new HashMap<>();
        Map<String, GroupRoom> rooms = new HashMap<>();
        Set<JobId> slots = new HashSet<>();
        for (String line : lines.names()) {
            waiting.put(line, lines.line(line, wanted));
            rooms.put(line, GroupRoom.of(lines, line, lines.limits().tokens(line, now)));
            waiting.get(line).stream().filter(lines::hasSlot).forEach(job -> slots.add(job.asked.id()));
        }
        return new ClaimBefore(Math.max(0, room), now, waiting, lines.startable(wanted), rooms, slots);
    }

    List<TwinJob> line(String line) {
        return lines.getOrDefault(line, List.of());
    }

    boolean waits(TwinJob job) {
        return line(TwinLines.lineOf(job)).contains(job);
    }

    boolean hasSlot(TwinJob job) {
        return slots.contains(job.asked.id());
    }
}
