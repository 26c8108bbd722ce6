package io.mainstay.flow;

import io.mainstay.job.Durability;
import io.mainstay.job.FlowId;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.queue.places.QueuePlaces;
import io.mainstay.rest.job.JobIntake;
import io.mainstay.rest.job.JobRequest;
import io.mainstay.rest.job.ReservedIds;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Turns what a caller wrote about a flow into a plan: jobs checked as an enqueue of them would be, names made places. */
@Singleton
class FlowIntake {

    /** Idempotency keys of flows are apart from those of jobs; no queue can have this name and be used. */
    private static final QueueName KEYS = new QueueName("mainstay.canary.flows");

    private static final int NAMES_SHOWN = 5;

    private final JobIntake intake;
    private final QueuePlaces queues;

    FlowIntake(JobIntake intake, QueuePlaces queues) {
        this.intake = intake;
        this.queues = queues;
    }

    /** See {@link JobIntake#prepare}. */
    Uni<Void> prepare(FlowRequest request) {
        return intake.prepare(
                request.jobs().values().stream().map(FlowRequest.FlowJob::job).toArray(JobRequest[]::new));
    }

    /**
     * @param idempotencyKey as the caller sent it, or null
     * @param traceparent as the caller sent it, or null
     */
    FlowPlan accept(FlowRequest request, String idempotencyKey, String traceparent) {
        List<String> names = List.copyOf(request.jobs().keySet());
        Map<String, Integer> places = new HashMap<>();
        names.forEach(name -> places.put(name, places.size()));
        List<FlowNode> nodes = new ArrayList<>(names.size());
        for (String name : names) {
            FlowRequest.FlowJob asked = request.jobs().get(name);
            NewJob job = job(name, asked, traceparent);
            List<Integer> after = asked.after().equals(List.of(FlowRequest.ALL_OTHERS))
                    ? others(request, names)
                    : places(name, asked.after(), places);
            nodes.add(new FlowNode(name, asked.queue(), job.spec(), job.start(), after, asked.onParentDead()));
        }
        return new FlowPlan(id(request.id(), idempotencyKey), nodes);
    }

    private FlowId id(FlowId id, String idempotencyKey) {
        if (id == null) {
            return new FlowId(intake.idOf(KEYS, null, idempotencyKey, "").value());
        }
        if (idempotencyKey != null) {
            throw new InvalidValueException("id", id, "left out when Idempotency-Key is given");
        }
        ReservedIds.check(id);
        return id;
    }

    private NewJob job(String name, FlowRequest.FlowJob asked, String traceparent) {
        String field = "jobs." + name;
        JobRequest request = asked.job();
        if (queues.inTwoStores(asked.queue())) {
            throw new InvalidValueException(
                    field + ".queue", asked.queue(), "one that is not critical: the jobs of a flow are in one store");
        }
        if (request.id() != null) {
            throw new InvalidValueException(field + ".id", request.id(), "left out: it follows from the flow's id");
        }
        if (request.durability() != null && request.durability() != Durability.MEMORY) {
            throw new InvalidValueException(
                    field + ".durability", request.durability().wireName(), "memory, or left out, in a flow");
        }
        if (request.unique() != null) {
            throw new InvalidValueException(field + ".unique", request.unique().key(), "left out in a flow");
        }
        try {
            return intake.accept(asked.queue(), request, null, traceparent);
        } catch (InvalidValueException e) {
            throw e.within(field);
        }
    }

    private static List<Integer> others(FlowRequest request, List<String> names) {
        return IntStream.range(0, names.size())
                .filter(i -> !request.jobs().get(names.get(i)).after().contains(FlowRequest.ALL_OTHERS))
                .boxed()
                .toList();
    }

    private static List<Integer> places(String name, List<String> after, Map<String, Integer> places) {
        List<String> unknown =
                after.stream().filter(parent -> !places.containsKey(parent)).toList();
        String field = "jobs." + name + ".after";
        if (!unknown.isEmpty()) {
            throw new InvalidValueException(field, shown(unknown), "names of jobs of this flow, or \"*\" alone");
        }
        if (new HashSet<>(after).size() < after.size()) {
            throw new InvalidValueException(field, shown(after), "names that are given once each");
        }
        return after.stream().map(places::get).toList();
    }

    private static String shown(List<String> names) {
        return names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
                + (names.size() > NAMES_SHOWN ? ", …" : "");
    }
}
