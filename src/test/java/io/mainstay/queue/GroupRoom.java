package io.mainstay.queue;

/**
 * How many jobs of a line may start.
 *
 * @param tokens by the rate of groups
 * @param slots by how many jobs of a group run at once; those that keep its order have a limit of their own
 */
record GroupRoom(int tokens, int slots) {

    static GroupRoom of(TwinLines lines, String line, int tokens) {
        int most = lines.limits().get().groupConcurrency().orElse(Integer.MAX_VALUE);
        return new GroupRoom(tokens, line.equals(TwinLines.PLAIN) ? Integer.MAX_VALUE : most - lines.busy(line));
    }
}
