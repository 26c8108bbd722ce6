package io.mainstay.redis.stats;

import io.mainstay.health.LinkKind;
import io.mainstay.job.InvalidValueException;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.store.Script;
import io.mainstay.stats.JobCounts;
import io.mainstay.stats.Resolution;
import io.mainstay.stats.Series;
import io.mainstay.stats.StatsBatch;
import io.mainstay.stats.StatsStore;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@link StatsStore} in Redis. */
public final class RedisStatsStore implements StatsStore {

    /** In place of a series, whether there were others, which are in the total alone. */
    private static final String PARTIAL = "+";

    private final RedisCalls calls;

    public RedisStatsStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Void> add(StatsBatch batch, int most) {
        List<String> args = new ArrayList<>(List.of(
                StatsKeys.PREFIX,
                Long.toString(batch.number()),
                Integer.toString(most),
                batch.partial() ? "1" : "0",
                Integer.toString(Resolution.values().length)));
        for (Resolution each : Resolution.values()) {
            args.add(each.letter());
            args.add(Long.toString(each.step().toMillis()));
            args.add(Integer.toString(each.points()));
            args.add(Integer.toString(each.bits()));
            args.add(Integer.toString(each.bytes()));
            args.add(Long.toString(each.kept().toMillis()));
        }
        batch.entries().forEach(entry -> addTo(args, entry));
        List<String> keys = List.of(StatsKeys.sender(batch.sender()), StatsKeys.BUSY, StatsKeys.AGED);
        return calls.run(Script.STATS_ADD, keys, args).replaceWithVoid();
    }

    private static void addTo(List<String> args, StatsBatch.Entry entry) {
        args.add(entry.series().map(Series::text).orElse(""));
        args.add(Long.toString(entry.counts().weight()));
        int count = args.size();
        for (int i = 0; i < JobCounts.NUMBERS; i++) {
            if (entry.counts().get(i) != 0) {
                args.add(Integer.toString(i));
                args.add(Long.toString(entry.counts().get(i)));
            }
        }
        args.add(count, Integer.toString((args.size() - count) / 2));
    }

    @Override
    public Uni<List<ChunkSeries>> series(Resolution resolution, List<Long> chunks) {
        List<String> keys = chunks.stream()
                .map(chunk -> StatsKeys.series(resolution, chunk))
                .toList();
        return calls.run(Script.STATS_SERIES, keys, List.of())
                .map(answer -> answer.stream().map(RedisStatsStore::chunkSeries).toList());
    }

    private static ChunkSeries chunkSeries(Response pairs) {
        Map<Series, Integer> series = new HashMap<>();
        boolean partial = false;
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            String name = pairs.get(i).toString();
            int place = pairs.get(i + 1).toInteger();
            if (name.equals(PARTIAL)) {
                partial = place != 0;
            } else {
                try {
                    series.put(Series.of(name), place);
                } catch (InvalidValueException e) {
                    // Nothing of ours; what is there does not count.
                    partial = true;
                }
            }
        }
        return new ChunkSeries(series, partial);
    }

    @Override
    public Uni<Void> read(Resolution resolution, List<Place> places, Visitor visitor) {
        String[] keys = places.stream()
                .map(place -> StatsKeys.numbers(resolution, place))
                .toArray(String[]::new);
        return calls.run(LinkKind.READS, Command.MGET, keys)
                .invoke(answer -> {
                    for (int i = 0; i < places.size(); i++) {
                        Response numbers = answer.get(i);
                        if (numbers != null) {
                            PointReader.read(resolution, i, places.get(i).chunk(), numbers.toBytes(), visitor);
                        }
                    }
                })
                .replaceWithVoid();
    }
}
