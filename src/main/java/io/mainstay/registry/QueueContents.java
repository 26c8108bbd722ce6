package io.mainstay.registry;

import io.mainstay.job.JobState;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a queue still has, which prevents its deletion.
 *
 * @param jobs by state, those with some
 * @param owedNews jobs whose flows have not recorded their end
 * @param rememberedIds ids of deleted jobs that are remembered
 * @param settings whether it has limits, or is paused, or a handler is in it
 */
public record QueueContents(Map<JobState, Long> jobs, long owedNews, long rememberedIds, boolean settings) {

    public QueueContents {
        jobs = jobs.entrySet().stream()
                .filter(state -> state.getValue() > 0)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** In words. */
    public String text() {
        Stream<String> states = Stream.of(JobState.values())
                .filter(jobs::containsKey)
                .map(state -> jobs.get(state) + " " + state.wireName() + " jobs");
        Stream<String> others = Stream.of(
                        owedNews > 0 ? "news of " + owedNews + " jobs whose flows have not recorded their end" : "",
                        rememberedIds > 0 ? rememberedIds + " remembered ids" : "",
                        settings ? "limits or pauses" : "")
                .filter(text -> !text.isEmpty());
        return Stream.concat(states, others).collect(Collectors.joining(", "));
    }
}
