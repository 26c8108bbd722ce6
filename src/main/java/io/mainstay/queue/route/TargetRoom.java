package io.mainstay.queue.route;

import io.mainstay.job.Bounds;
import java.util.Map;

/**
 * How many more jobs of each target an instance takes just now. Targets are as {@link
 * io.mainstay.job.JobOptions#target()} has them.
 *
 * @param ofEach of a target that is not named, 1 or more
 * @param of of those that are named, 0 for none just now; at most {@value #MOST} of them
 */
public record TargetRoom(int ofEach, Map<String, Integer> of) {

    /** Bounds what a claim says and what it looks past. Of more than these the handler puts jobs off. */
    public static final int MOST = 200;

    public static final TargetRoom UNLIMITED = new TargetRoom(Integer.MAX_VALUE, Map.of());

    public TargetRoom {
        of = Map.copyOf(of);
        Bounds.between("ofEach", ofEach, 1, Integer.MAX_VALUE);
        Bounds.between("targets", of.size(), 0, MOST);
        of.forEach((target, room) -> Bounds.between(target, room.intValue(), 0, Integer.MAX_VALUE));
    }
}
