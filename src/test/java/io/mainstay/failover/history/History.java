package io.mainstay.failover.history;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that was seen.
 *
 * @param runs of jobs of any name, also such as nobody asked for
 * @param left states of the jobs that had not ended when the run was over, by id; those that are not there are not in it
 */
public record History(
        List<Planned> jobs,
        List<Call> calls,
        List<Run> runs,
        List<End> ends,
        Map<String, String> left,
        List<Strike> strikes) {

    public History {
        jobs = List.copyOf(jobs);
        calls = List.copyOf(calls);
        runs = List.copyOf(runs);
        ends = List.copyOf(ends);
        left = Map.copyOf(left);
        strikes = List.copyOf(strikes);
    }

    /** All that was seen of one job, a line each. */
    public Stream<String> of(String job) {
        return Stream.of(
                        jobs.stream().filter(one -> one.id().equals(job)),
                        calls.stream().filter(one -> one.job().equals(job)),
                        runs.stream().filter(one -> one.job().equals(job)),
                        ends.stream().filter(one -> one.job().equals(job)))
                .flatMap(seen -> seen)
                .map(Object::toString);
    }

    List<Story> stories() {
        Map<String, List<Call>> callsOf = byJob(calls, Call::job);
        Map<String, List<Run>> runsOf = byJob(runs, Run::job);
        Map<String, List<End>> endsOf = byJob(ends, End::job);
        return jobs.stream()
                .map(job -> new Story(
                        job,
                        callsOf.getOrDefault(job.id(), List.of()),
                        runsOf.getOrDefault(job.id(), List.of()),
                        endsOf.getOrDefault(job.id(), List.of()),
                        left.getOrDefault(job.id(), "")))
                .toList();
    }

    /** Of jobs that nobody asked for. */
    Stream<Run> strayRuns() {
        var known = jobs.stream().map(Planned::id).collect(Collectors.toSet());
        return runs.stream().filter(run -> !known.contains(run.job()));
    }

    private static <T> Map<String, List<T>> byJob(Collection<T> things, Function<T, String> job) {
        return things.stream().collect(Collectors.groupingBy(job));
    }
}
