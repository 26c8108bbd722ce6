package io.mainstay.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Three primaries with a third of the slots each, a replica for each, node time-out 1 s. */
public final class RedisCluster implements AutoCloseable {

    public static final int SLOTS = 16384;

    private static final int SHARDS = 3;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final List<RedisNode> nodes = new ArrayList<>();

    /**
     * Starts all and waits until every node finds the cluster complete and every primary has its replica.
     *
     * @param settings lines of redis.conf of every node, besides those of a cluster
     */
    public RedisCluster(String... settings) {
        try {
            for (int i = 0; i < 2 * SHARDS; i++) {
                nodes.add(startNode(settings));
            }
            nodes.forEach(RedisNode::awaitUp);
            introduce();
            for (int i = 0; i < SHARDS; i++) {
                nodes.get(i).call(addSlots(firstSlot(i), firstSlot(i + 1)));
            }
            for (int i = 0; i < SHARDS; i++) {
                nodes.get(SHARDS + i).call("CLUSTER", "REPLICATE", id(nodes.get(i)));
            }
            await("a complete cluster", () -> nodes.stream().allMatch(RedisCluster::complete));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public List<RedisNode> nodes() {
        return List.copyOf(nodes);
    }

    /** The node that serves a key's slot, as the nodes that answer see it. */
    public RedisNode primaryOf(String key) {
        return ownerOf(slotOf(key));
    }

    /** The node of each slot, as a node that answers sees it. */
    public List<RedisNode> owners() {
        List<String> lines = lines(anyAlive(), "master");
        return IntStream.range(0, SLOTS)
                .mapToObj(slot -> lines.stream()
                        .filter(line -> serves(line, slot))
                        .map(this::node)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    public int slotOf(String key) {
        return Integer.parseInt(anyAlive().call("CLUSTER", "KEYSLOT", key));
    }

    /** A live replica of a primary. */
    public RedisNode replicaOf(RedisNode primary) {
        String id = id(primary);
        return lines(anyAlive(), "slave " + id).stream()
                .filter(line -> !line.contains("fail"))
                .map(this::node)
                .findFirst()
                .orElseThrow();
    }

    /** Kills a primary; returns its replica once that has taken over. */
    public RedisNode failOver(RedisNode primary) {
        RedisNode replica = replicaOf(primary);
        primary.kill();
        awaitPromotion(replica);
        return replica;
    }

    /** A planned failover (CLUSTER FAILOVER); returns the promoted replica. */
    public RedisNode handOver(RedisNode primary) {
        RedisNode replica = replicaOf(primary);
        replica.call("CLUSTER", "FAILOVER");
        awaitPromotion(replica);
        return replica;
    }

    public void awaitPromotion(RedisNode replica) {
        await("a promotion", () -> lines(replica, "myself,master").size() == 1);
    }

    /** Moves slots with the keys in them from one primary to another, as redis-cli does it, one slot after the other. */
    public void move(int fromSlot, int toSlot, RedisNode from, RedisNode to) {
        for (int slot = fromSlot; slot <= toSlot; slot++) {
            SlotMove move = beginMove(slot, from, to);
            move.keys();
            move.end();
        }
    }

    /** A slot on its way: importing at one node, migrating at the other, its keys still where they were. */
    public SlotMove beginMove(int slot, RedisNode from, RedisNode to) {
        to.call("CLUSTER", "SETSLOT", "" + slot, "IMPORTING", id(from));
        from.call("CLUSTER", "SETSLOT", "" + slot, "MIGRATING", id(to));
        return new SlotMove(slot, from, to);
    }

    /** Deletes everything on all shards. */
    public void flush() {
        nodes.stream().filter(node -> node.call("ROLE").startsWith("master")).forEach(node -> node.call("FLUSHALL"));
    }

    /** For quarkus.redis.hosts. */
    public String addresses() {
        return nodes.stream().map(RedisNode::address).collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        nodes.forEach(RedisNode::close);
    }

    /** One slot being moved. */
    public final class SlotMove {

        private final int slot;
        private final RedisNode from;
        private final RedisNode to;

        private SlotMove(int slot, RedisNode from, RedisNode to) {
            this.slot = slot;
            this.from = from;
            this.to = to;
        }

        /** Moves these keys. */
        public void keys(List<String> keys) {
            List<String> migrate =
                    new ArrayList<>(List.of("MIGRATE", "127.0.0.1", "" + to.port(), "", "0", "5000", "KEYS"));
            migrate.addAll(keys);
            from.call(migrate.toArray(String[]::new));
        }

        /** Moves all keys. */
        public void keys() {
            while (!from.call("CLUSTER", "COUNTKEYSINSLOT", "" + slot).equals("0")) {
                keys(from.call("CLUSTER", "GETKEYSINSLOT", "" + slot, "100")
                        .lines()
                        .toList());
            }
        }

        /** The slot belongs to the other node from here. */
        public void end() {
            String owner = id(to);
            to.call("CLUSTER", "SETSLOT", "" + slot, "NODE", owner);
            from.call("CLUSTER", "SETSLOT", "" + slot, "NODE", owner);
        }
    }

    private static RedisNode startNode(String... settings) {
        return RedisNode.start(Stream.concat(
                        Stream.of(
                                "cluster-enabled yes",
                                "cluster-node-timeout 1000",
                                "cluster-replica-validity-factor 0",
                                "cluster-require-full-coverage no",
                                "repl-ping-replica-period 1"),
                        Stream.of(settings))
                .toArray(String[]::new));
    }

    private void introduce() {
        for (int i = 1; i < nodes.size(); i++) {
            nodes.get(0).call("CLUSTER", "MEET", "127.0.0.1", "" + nodes.get(i).port());
        }
        await("nodes knowing each other", () -> nodes.stream()
                .allMatch(node -> node.call("CLUSTER", "INFO").contains("cluster_known_nodes:" + nodes.size())));
        IntStream.range(0, nodes.size()).forEach(i -> nodes.get(i).call("CLUSTER", "SET-CONFIG-EPOCH", "" + (i + 1)));
    }

    private static boolean complete(RedisNode node) {
        return node.call("CLUSTER", "INFO").contains("cluster_state:ok")
                && lines(node, "slave").size() == SHARDS
                && (!node.call("ROLE").startsWith("slave") || node.call("ROLE").contains("connected"));
    }

    /** Just after a promotion the node that is asked may not have heard of it. */
    private RedisNode ownerOf(int slot) {
        return Awaitility.await("an owner of slot " + slot)
                .atMost(DEADLINE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> lines(anyAlive(), "master").stream()
                                .filter(line -> !line.contains("fail") && serves(line, slot))
                                .map(this::node)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static boolean serves(String line, int slot) {
        String[] words = line.split(" ");
        return IntStream.range(8, words.length)
                .mapToObj(i -> words[i].split("-"))
                .filter(range -> !range[0].startsWith("["))
                .anyMatch(range ->
                        Integer.parseInt(range[0]) <= slot && slot <= Integer.parseInt(range[range.length - 1]));
    }

    private RedisNode anyAlive() {
        return nodes.stream()
                .filter(node -> node.call("PING").equals("PONG"))
                .findFirst()
                .orElseThrow();
    }

    private RedisNode node(String line) {
        int port = Integer.parseInt(line.split(" ")[1].split("[:@]")[1]);
        return nodes.stream().filter(node -> node.port() == port).findFirst().orElseThrow();
    }

    /** CLUSTER NODES, the lines with {@code words} in them. */
    private static List<String> lines(RedisNode of, String words) {
        return of.call("CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains(words))
                .toList();
    }

    private String id(RedisNode node) {
        return lines(anyAlive(), ":" + node.port() + "@").get(0).split(" ")[0];
    }

    /** Slots one by one: ranges came with 7.0. */
    private static String[] addSlots(int from, int to) {
        return Stream.concat(
                        Stream.of("CLUSTER", "ADDSLOTS"),
                        IntStream.range(from, to).mapToObj(Integer::toString))
                .toArray(String[]::new);
    }

    private static int firstSlot(int shard) {
        return shard * SLOTS / SHARDS;
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }
}
