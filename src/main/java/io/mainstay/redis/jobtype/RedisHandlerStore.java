package io.mainstay.redis.jobtype;

import io.mainstay.job.HandlerName;
import io.mainstay.jobtype.HandlerStore;
import io.mainstay.jobtype.HoldPolicy;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.settings.NamedEntries;
import io.mainstay.redis.settings.SettingKeys;
import io.mainstay.redis.store.Script;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link HandlerStore} in Redis. */
public final class RedisHandlerStore implements HandlerStore {

    private static final String MOST_TEXT = Integer.toString(MOST);

    private final RedisCalls calls;

    public RedisHandlerStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Put> put(HandlerName handler, String text, Optional<HoldPolicy> hold, String change) {
        List<String> args = List.of(
                handler.value(),
                text,
                change,
                hold.map(policy -> Integer.toString(policy.after())).orElse(""),
                hold.map(policy -> millis(policy.window())).orElse(""),
                MOST_TEXT,
                Long.toString(MOST_BYTES));
        return calls.run(Script.HANDLER_PUT, all(handler), args).map(answer -> switch (answer.toString()) {
            case "created" -> Put.CREATED;
            case "changed" -> Put.CHANGED;
            case "many" -> Put.TOO_MANY;
            case "large" -> Put.TOO_LARGE;
            default -> Put.UNCHANGED;
        });
    }

    @Override
    public Uni<Void> remove(HandlerName handler, String change) {
        return calls.run(Script.HANDLER_REMOVE, all(handler), List.of(handler.value(), change))
                .replaceWithVoid();
    }

    @Override
    public Uni<Overview> overview(String known) {
        List<String> keys = List.of(SettingKeys.META, HandlerKeys.REVISIONS, HandlerKeys.HELD);
        return calls.run(Script.HANDLER_OVERVIEW, keys, List.of(known))
                .map(answer -> new Overview(
                        Instant.ofEpochMilli(answer.get(0).toLong()),
                        answer.get(1).toString(),
                        NamedEntries.read(answer.get(2), "handlers", HandlerName::new, Optional::of),
                        NamedEntries.read(answer.get(3), "handlers", HandlerName::new, RedisHandlerStore::hold)));
    }

    @Override
    public Uni<Texts> texts(List<HandlerName> handlers) {
        List<String> names = handlers.stream().map(HandlerName::value).toList();
        return calls.run(Script.HANDLER_READ, List.of(HandlerKeys.DECLARED), names)
                .map(answer -> {
                    Map<HandlerName, String> texts = new LinkedHashMap<>();
                    for (int i = 0; i < answer.size(); i++) {
                        String text = answer.get(i).toString();
                        if (!text.isEmpty()) {
                            texts.put(handlers.get(i), text);
                        }
                    }
                    return new Texts(answer.size(), texts);
                });
    }

    @Override
    public Uni<Boolean> hold(HandlerName handler, String change) {
        return setHeld(handler, "1", change).map(answer -> answer.toInteger() == 1);
    }

    @Override
    public Uni<Void> resume(HandlerName handler, String change) {
        return setHeld(handler, "0", change).replaceWithVoid();
    }

    private Uni<Response> setHeld(HandlerName handler, String held, String change) {
        List<String> keys =
                List.of(SettingKeys.META, HandlerKeys.HELD, HandlerKeys.PROBES, HandlerKeys.OUTCOMES + handler);
        return calls.run(Script.HANDLER_HOLD, keys, List.of(handler.value(), held, change, MOST_TEXT));
    }

    @Override
    public Uni<List<Counted>> count(String instance, String change, List<Outcomes> outcomes) {
        List<String> keys = List.of(SettingKeys.META, HandlerKeys.POLICIES, HandlerKeys.HELD, HandlerKeys.PROBES);
        List<String> args = new ArrayList<>(List.of(HandlerKeys.OUTCOMES, instance, change, MOST_TEXT));
        for (Outcomes each : outcomes) {
            args.add(each.handler().value());
            args.add(Long.toString(each.counted()));
            args.add(Long.toString(each.failed()));
            args.add(each.succeeded().map(RedisHandlerStore::millis).orElse(""));
            args.add(each.started().map(RedisHandlerStore::millis).orElse(""));
        }
        return calls.run(Script.HANDLER_COUNT, keys, args)
                .map(answer -> answer.stream().map(RedisHandlerStore::counted).toList());
    }

    @Override
    public Uni<Duration> probe(HandlerName handler, String token, Duration every) {
        return calls.run(
                        Script.HANDLER_PROBE,
                        List.of(HandlerKeys.HELD, HandlerKeys.PROBES),
                        List.of(handler.value(), token, millis(every)))
                .map(answer -> answer.toLong() < 0 ? every : Duration.ofMillis(answer.toLong()));
    }

    @Override
    public Uni<Void> giveBack(HandlerName handler, String token) {
        return calls.run(
                        Script.HANDLER_PROBE,
                        List.of(HandlerKeys.HELD, HandlerKeys.PROBES),
                        List.of(handler.value(), token, ""))
                .replaceWithVoid();
    }

    private static Counted counted(Response answer) {
        return new Counted(
                answer.get(0).toInteger(),
                Duration.ofMillis(answer.get(1).toLong()),
                hold(answer.get(2).toString()));
    }

    /** As lib/held.lua has it; empty if it is not. */
    private static Optional<Hold> hold(String text) {
        String[] words = text.split(" ");
        try {
            return words.length == 2
                    ? Optional.of(new Hold(Instant.ofEpochMilli(Long.parseLong(words[0])), Integer.parseInt(words[1])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static String millis(Instant time) {
        return Long.toString(time.toEpochMilli());
    }

    private static List<String> all(HandlerName handler) {
        return List.of(
                HandlerKeys.DECLARED,
                HandlerKeys.REVISIONS,
                SettingKeys.META,
                HandlerKeys.POLICIES,
                HandlerKeys.HELD,
                HandlerKeys.PROBES,
                HandlerKeys.OUTCOMES + handler);
    }
}
