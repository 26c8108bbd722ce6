package io.mainstay.jobtype;

import io.mainstay.job.HandlerName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The twin of the store: does what it has to do as simply as can be. It can be away, and counts what it was asked. */
public final class InMemoryHandlerStore implements HandlerStore {

    private final Map<HandlerName, String> declared = new HashMap<>();
    private final Map<HandlerName, String> revisions = new HashMap<>();
    private final Map<HandlerName, HoldPolicy> policies = new HashMap<>();
    private final Map<HandlerName, Hold> held = new HashMap<>();
    private final Map<HandlerName, Right> rights = new HashMap<>();
    private final Map<HandlerName, Ended> ended = new HashMap<>();
    private final Supplier<Instant> clock;
    private String version = "";
    private boolean away;
    private int counts;
    private int textsRead;

    private record Right(String token, Instant until) {}

    /** How attempts of one handler ended. */
    private static final class Ended {

        private Instant ok = Instant.EPOCH;
        private final List<Instant> failures = new ArrayList<>();
        private final Map<String, Long> counted = new HashMap<>();
    }

    public InMemoryHandlerStore(Supplier<Instant> clock) {
        this.clock = clock;
    }

    public synchronized void away(boolean gone) {
        away = gone;
    }

    /** How often it was told how attempts ended. */
    public synchronized int counts() {
        return counts;
    }

    public synchronized int textsRead() {
        return textsRead;
    }

    @Override
    public Uni<Put> put(HandlerName handler, String text, Optional<HoldPolicy> hold, String change) {
        return whenThere(() -> {
            String before = declared.get(handler);
            for (Put same : List.of(Put.CREATED, Put.CHANGED)) {
                if ((same + change).equals(revisions.get(handler))) {
                    return same;
                }
            }
            if (text.equals(before)) {
                return Put.UNCHANGED;
            } else if (before == null && declared.size() >= MOST) {
                return Put.TOO_MANY;
            }
            long others = declared.entrySet().stream()
                    .filter(each -> !each.getKey().equals(handler))
                    .mapToLong(each -> bytes(each.getValue()))
                    .sum();
            if (others + bytes(text) > MOST_BYTES) {
                return Put.TOO_LARGE;
            }
            Put answer = before == null ? Put.CREATED : Put.CHANGED;
            declared.put(handler, text);
            revisions.put(handler, answer + change);
            version = change;
            if (!Optional.ofNullable(policies.get(handler)).equals(hold)) {
                ended.remove(handler);
            }
            policies.remove(handler);
            hold.ifPresentOrElse(policy -> policies.put(handler, policy), () -> release(handler, false));
            return answer;
        });
    }

    @Override
    public Uni<Void> remove(HandlerName handler, String change) {
        return whenThere(() -> {
            if (declared.remove(handler) != null) {
                revisions.remove(handler);
                policies.remove(handler);
                ended.remove(handler);
                version = change;
                release(handler, false);
            }
            return null;
        });
    }

    @Override
    public Uni<Overview> overview(String known) {
        return whenThere(() -> known.equals(version)
                ? new Overview(clock.get(), version, Map.of(), Map.of())
                : new Overview(clock.get(), version, revisions, held));
    }

    @Override
    public Uni<Texts> texts(List<HandlerName> handlers) {
        return whenThere(() -> {
            Map<HandlerName, String> texts = new LinkedHashMap<>();
            long bytes = 0;
            int looked = 0;
            for (HandlerName handler : handlers) {
                if (bytes >= 1 << 20) {
                    break;
                }
                looked++;
                String text = declared.get(handler);
                if (text != null) {
                    texts.put(handler, text);
                    bytes += bytes(text);
                }
            }
            textsRead += texts.size();
            return new Texts(looked, texts);
        });
    }

    @Override
    public Uni<Boolean> hold(HandlerName handler, String change) {
        return whenThere(() -> {
            Hold before = held.get(handler);
            if (before == null && held.size() >= MOST) {
                return false;
            }
            Hold hold = new Hold(before == null ? clock.get() : before.since(), 0);
            if (!hold.equals(held.put(handler, hold))) {
                rights.remove(handler);
                version = change;
            }
            return true;
        });
    }

    @Override
    public Uni<Void> resume(HandlerName handler, String change) {
        return whenThere(() -> {
            ended.remove(handler);
            if (release(handler, true)) {
                version = change;
            }
            return null;
        });
    }

    private boolean release(HandlerName handler, boolean byHand) {
        Hold hold = held.get(handler);
        if (hold == null || hold.byHand() && !byHand) {
            return false;
        }
        held.remove(handler);
        rights.remove(handler);
        return true;
    }

    @Override
    public Uni<List<Counted>> count(String instance, String change, List<Outcomes> outcomes) {
        return whenThere(() -> {
            counts++;
            return outcomes.stream().map(each -> count(instance, change, each)).toList();
        });
    }

    private Counted count(String instance, String change, Outcomes news) {
        HandlerName handler = news.handler();
        HoldPolicy policy = policies.get(handler);
        if (policy == null) {
            return new Counted(0, Duration.ZERO, Optional.empty());
        }
        Hold hold = held.get(handler);
        if (hold != null
                && !hold.byHand()
                && news.started().filter(began -> !began.isBefore(hold.since())).isPresent()) {
            release(handler, false);
            ended.remove(handler);
            version = change;
            return new Counted(0, Duration.ZERO, Optional.empty());
        }
        Instant now = clock.get();
        news.succeeded()
                .filter(ok -> ok.isAfter(ended.getOrDefault(handler, new Ended()).ok))
                .ifPresent(ok -> {
                    ended.remove(handler);
                    ended.computeIfAbsent(handler, name -> new Ended()).ok = ok;
                });
        Ended all = ended.computeIfAbsent(handler, name -> new Ended());
        long known = Math.max(news.counted(), all.counted.getOrDefault(instance, 0L));
        for (long i = known; i < news.failed(); i++) {
            all.failures.add(now);
        }
        all.counted.merge(instance, news.failed(), Math::max);
        all.failures.removeIf(failure -> failure.isBefore(now.minus(policy.window())));
        Duration quiet = Duration.between(now, all.ok.plus(policy.window()));
        quiet = quiet.isNegative() ? Duration.ZERO : quiet;
        int failed = all.failures.size();
        if (failed >= policy.after() && quiet.isZero() && hold == null && held.size() < MOST) {
            held.put(handler, new Hold(now, failed));
            version = change;
        }
        return new Counted(failed, quiet, Optional.ofNullable(held.get(handler)));
    }

    @Override
    public Uni<Duration> probe(HandlerName handler, String token, Duration every) {
        return whenThere(() -> {
            Hold hold = held.get(handler);
            if (hold == null || hold.byHand()) {
                return every;
            }
            Right right = rights.get(handler);
            if (right != null && right.token.equals(token)) {
                return Duration.ZERO;
            }
            Instant free = right == null ? hold.since().plus(every) : right.until;
            Duration wait = Duration.between(clock.get(), free);
            if (wait.compareTo(Duration.ZERO) > 0 && wait.compareTo(every) <= 0) {
                return wait;
            }
            rights.put(handler, new Right(token, clock.get().plus(every)));
            return Duration.ZERO;
        });
    }

    @Override
    public Uni<Void> giveBack(HandlerName handler, String token) {
        return whenThere(() -> {
            rights.computeIfPresent(handler, (name, right) -> right.token.equals(token) ? null : right);
            return null;
        });
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private <T> Uni<T> whenThere(Supplier<T> answer) {
        return Uni.createFrom().item(() -> {
            synchronized (this) {
                if (away) {
                    throw new StoreUnavailableException("away", null);
                }
                return answer.get();
            }
        });
    }
}
