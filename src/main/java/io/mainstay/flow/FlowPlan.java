package io.mainstay.flow;

import io.mainstay.job.FlowId;
import io.mainstay.job.InvalidValueException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A flow to be created: its jobs depend only on jobs of the same flow, without cycles.
 *
 * @param id chosen before it is sent, so that sending it twice creates one flow
 * @param nodes its jobs
 */
public record FlowPlan(FlowId id, List<FlowNode> nodes) {

    public FlowPlan {
        Objects.requireNonNull(id, "id");
        nodes = List.copyOf(nodes);
        checkCycles(nodes);
    }

    /** Takes away, again and again, jobs whose parents are all taken; what is left then leads round in a circle. */
    private static void checkCycles(List<FlowNode> nodes) {
        int[] waits = new int[nodes.size()];
        List<List<Integer>> children = nodes.stream()
                .map(node -> (List<Integer>) new ArrayList<Integer>())
                .toList();
        Deque<Integer> free = new ArrayDeque<>();
        for (int i = 0; i < nodes.size(); i++) {
            int child = i;
            waits[i] = nodes.get(i).after().size();
            nodes.get(i).after().forEach(parent -> children.get(parent).add(child));
            if (waits[i] == 0) {
                free.add(i);
            }
        }
        int taken = 0;
        for (; !free.isEmpty(); taken++) {
            for (int child : children.get(free.remove())) {
                if (--waits[child] == 0) {
                    free.add(child);
                }
            }
        }
        if (taken < nodes.size()) {
            throw new InvalidValueException("jobs", circle(nodes, waits), "without a cycle");
        }
    }

    /** Names along one circle: from anybody left, each time on to a parent that is left, until a name comes again. */
    private static String circle(List<FlowNode> nodes, int[] waits) {
        int at = IntStream.range(0, waits.length)
                .filter(i -> waits[i] > 0)
                .findFirst()
                .orElseThrow();
        List<Integer> way = new ArrayList<>();
        while (!way.contains(at)) {
            way.add(at);
            at = nodes.get(at).after().stream()
                    .filter(parent -> waits[parent] > 0)
                    .findFirst()
                    .orElseThrow();
        }
        List<Integer> round = new ArrayList<>(way.subList(way.indexOf(at), way.size()));
        round.add(at);
        return round.stream().map(i -> nodes.get(i).name()).collect(Collectors.joining(" after "));
    }
}
