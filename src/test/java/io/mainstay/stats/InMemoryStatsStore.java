package io.mainstay.stats;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The naive twin of what is kept of statistics. Nothing expires. */
public final class InMemoryStatsStore implements StatsStore {

    private static final long HOUR_MS = 3_600_000;
    private static final double LEFT_AFTER_HOUR = 0.89;

    private final Clock clock;
    private final Map<String, Long> latest = new HashMap<>();
    private final Map<Series, Double> busy = new HashMap<>();
    private final Map<ChunkId, Chunk> chunks = new HashMap<>();
    private long aged = -1;

    private record ChunkId(Resolution resolution, long number) {}

    private static final class Chunk {
        private final Map<Series, Integer> series = new LinkedHashMap<>();
        private final Map<Integer, SortedMap<Long, long[]>> points = new HashMap<>();
        private boolean partial;
    }

    public InMemoryStatsStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Uni<Void> add(StatsBatch batch, int most) {
        return Uni.createFrom().voidItem().invoke(() -> addNow(batch, most));
    }

    private synchronized void addNow(StatsBatch batch, int most) {
        if (latest.getOrDefault(batch.sender(), 0L) >= batch.number()) {
            return;
        }
        latest.put(batch.sender(), batch.number());
        age();
        for (Resolution resolution : Resolution.values()) {
            chunk(resolution).partial |= batch.partial();
        }
        for (StatsBatch.Entry entry : batch.entries()) {
            entry.series()
                    .ifPresent(
                            series -> busy.merge(series, (double) entry.counts().weight(), Double::sum));
            for (Resolution resolution : Resolution.values()) {
                Integer place = entry.series().isEmpty()
                        ? Integer.valueOf(TOTAL)
                        : placeOf(chunk(resolution), entry.series().get(), most);
                if (place != null) {
                    addTo(resolution, place, entry.counts());
                }
            }
        }
        busy.keySet().retainAll(busiestFirst().stream().limit(2L * most).toList());
    }

    private void age() {
        long hour = clock.millis() / HOUR_MS;
        if (aged >= 0 && hour > aged) {
            busy.replaceAll((series, weight) -> weight * Math.pow(LEFT_AFTER_HOUR, hour - aged));
        }
        aged = hour;
    }

    private Chunk chunk(Resolution resolution) {
        long point = resolution.point(clock.millis());
        return chunks.computeIfAbsent(new ChunkId(resolution, resolution.chunk(point)), first -> new Chunk());
    }

    private Integer placeOf(Chunk chunk, Series series, int most) {
        Integer known = chunk.series.get(series);
        if (known != null) {
            return known;
        }
        boolean apart = busiestFirst().stream().limit(most).toList().contains(series);
        if (!apart || chunk.series.size() >= most) {
            chunk.partial = true;
            return null;
        }
        chunk.series.put(series, chunk.series.size() + 1);
        return chunk.series.size();
    }

    private List<Series> busiestFirst() {
        return busy.keySet().stream()
                .sorted(Comparator.comparing((Series each) -> busy.get(each))
                        .thenComparing(Series::text)
                        .reversed())
                .toList();
    }

    private void addTo(Resolution resolution, int place, JobCounts counts) {
        long most = (1L << resolution.bits()) - 1;
        long[] numbers = chunk(resolution)
                .points
                .computeIfAbsent(place, first -> new TreeMap<>())
                .computeIfAbsent(resolution.point(clock.millis()), first -> new long[JobCounts.NUMBERS]);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Math.min(most, numbers[i] + counts.get(i));
        }
    }

    @Override
    public synchronized Uni<List<ChunkSeries>> series(Resolution resolution, List<Long> numbers) {
        return Uni.createFrom()
                .item(numbers.stream()
                        .map(number -> chunks.getOrDefault(new ChunkId(resolution, number), new Chunk()))
                        .map(chunk -> new ChunkSeries(chunk.series, chunk.partial))
                        .toList());
    }

    @Override
    public synchronized Uni<Void> read(Resolution resolution, List<Place> places, Visitor visitor) {
        for (int i = 0; i < places.size(); i++) {
            int place = i;
            chunks.getOrDefault(new ChunkId(resolution, places.get(i).chunk()), new Chunk())
                    .points
                    .getOrDefault(places.get(i).number(), new TreeMap<>())
                    .forEach((point, numbers) -> visitor.point(place, point, new JobCounts(numbers.clone())));
        }
        return Uni.createFrom().voidItem();
    }
}
