package io.mainstay.redis.connection;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkKind;
import io.mainstay.health.LinkState;
import io.mainstay.health.StoreFitness;
import io.mainstay.job.StoreRefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Lets calls through to Redis once the inspection has found that it may be worked with. Until then calls fail as
 * those do that find no connection, so they are repeated; while Redis is refused, they fail at once.
 */
public final class StoreGate implements StoreFitness, ConnectionObserver {

    private static final Verdict UNKNOWN = new Verdict(false, Optional.empty(), List.of());

    private final AtomicInteger doubts = new AtomicInteger();
    /** What is wrong with how links are configured, by what these are called. */
    private final Map<String, String> faults = new ConcurrentHashMap<>();

    private final WriteWatch writes;
    private volatile Verdict verdict = UNKNOWN;

    private record Verdict(boolean open, Optional<String> refusal, List<String> warnings) {}

    public StoreGate() {
        this(StoreName.FIRST, List.of());
    }

    /** @param observers told of refused writes */
    public StoreGate(StoreName store, List<ConnectionObserver> observers) {
        this.writes = new WriteWatch(store, System::nanoTime, refused -> observers.forEach(told(refused)));
    }

    private static Consumer<ConnectionObserver> told(boolean refused) {
        return refused ? ConnectionObserver::writesRefused : ConnectionObserver::writesTaken;
    }

    /** What its answers say of whether Redis takes writes. */
    WriteWatch writes() {
        return writes;
    }

    /** Asked for every call. */
    public boolean open() {
        return verdict.open();
    }

    /** What calls fail with while it is not open. */
    RuntimeException why() {
        return verdict.refusal()
                .<RuntimeException>map(StoreRefusedException::new)
                .orElseGet(() -> new LinkLostException("Redis was not checked yet", null));
    }

    public void open(List<String> warnings) {
        verdict = new Verdict(true, Optional.empty(), List.copyOf(warnings));
    }

    public void refuse(String why, List<String> warnings) {
        verdict = new Verdict(false, Optional.of(why), List.copyOf(warnings));
    }

    /**
     * Goes up whenever what was found, or what was told, may not hold any more: the next connection may lead to another
     * node, or to one that was restarted.
     */
    public int doubts() {
        return doubts.get();
    }

    /** Something showed that Redis may have forgotten what it knew. */
    public void doubt() {
        doubts.incrementAndGet();
    }

    @Override
    public Optional<String> refusal() {
        return verdict.refusal();
    }

    @Override
    public List<String> warnings() {
        return verdict.warnings();
    }

    @Override
    public List<String> faults() {
        return faults.values().stream().distinct().sorted().toList();
    }

    @Override
    public Optional<String> writeRefusal() {
        return writes.refusal();
    }

    @Override
    public void linkMisconfigured(String link, Optional<String> fault) {
        fault.ifPresentOrElse(sentence -> faults.put(link, sentence), () -> faults.remove(link));
        doubt();
    }

    @Override
    public void linkChanged(LinkKind kind, LinkState from, LinkState to) {
        if (to == LinkState.DEAD) {
            doubt();
        }
    }
}
