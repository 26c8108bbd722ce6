package io.mainstay.redis;

import io.mainstay.process.RedisCluster;
import io.mainstay.process.RedisNode;
import io.mainstay.redis.topology.Slots;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One address for all shards of a cluster, as managed services have it whose clients need not know of clusters: each command goes to the
 * shard of its keys, one with keys in several slots is refused, and what clients of a cluster ask for, or of replication, is not allowed.
 * A connection to it outlives a failover behind it, unless a command of it was under way to the shard that is lost: then it is closed. It
 * answers one command of a connection after the other.
 */
public final class ClusterProxy implements AutoCloseable {

    /** By the first word; of others, the first argument is the key. */
    private static final Set<String> WITHOUT_KEY = Set.of(
            "PING", "TIME", "INFO", "CONFIG", "COMMAND", "PUBLISH", "WAIT", "WAITAOF", "SCRIPT", "CLIENT", "HELLO",
            "AUTH", "SELECT");

    private static final Set<String> FORBIDDEN = Set.of("CLUSTER", "ROLE", "READONLY", "ASKING", "FAILOVER");
    private static final Set<String> OF_EACH_CONNECTION = Set.of("HELLO", "AUTH", "CLIENT");

    private final RedisCluster cluster;
    private final ServerSocket inward;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<Integer> asked = ConcurrentHashMap.newKeySet();
    /** The node of each slot. */
    private volatile List<RedisNode> owners;

    public ClusterProxy(RedisCluster cluster) {
        this.cluster = cluster;
        learn();
        try {
            inward = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("accepting", this::accept);
    }

    public String address() {
        return "redis://127.0.0.1:" + inward.getLocalPort();
    }

    /** Commands that were refused so far, by their first word; with keys in several slots: with CROSSSLOT before it. */
    public Set<String> refused() {
        return Set.copyOf(refused);
    }

    /** Ports of the nodes that commands with keys went to. */
    public Set<Integer> asked() {
        return Set.copyOf(asked);
    }

    /** Connections there are. */
    public int connections() {
        return clients.size();
    }

    /** Which node serves which slot, as they say now. */
    public void learn() {
        owners = cluster.owners();
    }

    @Override
    public void close() {
        try {
            inward.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        clients.forEach(Client::end);
    }

    private void accept() throws IOException {
        while (!inward.isClosed()) {
            Client client = new Client(inward.accept());
            clients.add(client);
            run("client", client);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void run(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException ended) {
                        // Of the connection, which whoever is at its other end sees.
                    }
                },
                "cluster proxy, " + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** One client's connection, and one for it to each shard that it needs. */
    private final class Client implements Task {

        private final Socket socket;
        private final OutputStream out;
        private final Map<RedisNode, Socket> shards = new HashMap<>();
        private final Map<RedisNode, InputStream> answers = new HashMap<>();
        /** What every connection to a shard begins with. */
        private final List<List<byte[]>> greeting = new ArrayList<>();

        private RedisNode latest = owners.get(0);
        private boolean subscribed;

        Client(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        @Override
        public void run() throws IOException {
            try {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                for (List<byte[]> command = read(in); command != null; command = read(in)) {
                    handle(command);
                }
            } finally {
                end();
            }
        }

        void end() {
            clients.remove(this);
            closeQuietly(socket);
            shards.values().forEach(Client::closeQuietly);
        }

        private static void closeQuietly(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void handle(List<byte[]> command) throws IOException {
            String name = text(command.get(0)).toUpperCase(Locale.ROOT);
            if (subscribed) {
                send(latest, command);
            } else if (FORBIDDEN.contains(name)) {
                refuse(name, "-ERR command is not allowed: " + name);
            } else if (name.endsWith("SUBSCRIBE")) {
                subscribed = true;
                send(latest, command);
                InputStream pushed = answers.get(latest);
                ClusterProxy.run("subscription", () -> {
                    try {
                        pushed.transferTo(out);
                    } finally {
                        end();
                    }
                });
            } else {
                List<Integer> slots = slots(name, command);
                if (slots.size() > 1) {
                    refuse("CROSSSLOT " + name, "-CROSSSLOT Keys in request don't hash to the same slot");
                } else {
                    answer(name, command, slots);
                }
            }
        }

        private void refuse(String what, String answer) throws IOException {
            refused.add(what);
            out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        private void answer(String name, List<byte[]> command, List<Integer> slots) throws IOException {
            if (OF_EACH_CONNECTION.contains(name)) {
                greeting.add(command);
            }
            if (!slots.isEmpty()) {
                latest = owners.get(slots.get(0));
                asked.add(latest.port());
            } else if (!owners.contains(latest)) {
                latest = owners.get(0);
            }
            byte[] answer = ask(latest, command);
            if (name.equals("INFO") && answer[0] != '-') {
                answer = withoutCluster(answer);
            }
            if (text(answer).startsWith("-MOVED")) {
                learn();
                handle(command);
            } else {
                out.write(answer);
            }
        }

        private byte[] ask(RedisNode node, List<byte[]> command) throws IOException {
            try {
                send(node, command);
                return new Answer(answers.get(node)).read();
            } catch (IOException lost) {
                learn();
                throw lost;
            }
        }

        private void send(RedisNode node, List<byte[]> command) throws IOException {
            if (!shards.containsKey(node)) {
                open(node, command);
            }
            write(shards.get(node).getOutputStream(), command);
        }

        private void open(RedisNode node, List<byte[]> first) throws IOException {
            Socket shard = new Socket(InetAddress.getLoopbackAddress(), node.port());
            shards.put(node, shard);
            answers.put(node, new BufferedInputStream(shard.getInputStream()));
            for (List<byte[]> each : greeting) {
                if (each != first) {
                    write(shard.getOutputStream(), each);
                    new Answer(answers.get(node)).read();
                }
            }
        }

        private List<Integer> slots(String name, List<byte[]> command) {
            if (name.equals("EVAL") || name.equals("EVALSHA")) {
                int keys = Integer.parseInt(text(command.get(2)));
                return distinct(command.subList(3, 3 + keys));
            }
            if (name.equals("MGET") || name.equals("DEL") || name.equals("EXISTS")) {
                return distinct(command.subList(1, command.size()));
            }
            if (name.equals("MEMORY")) {
                return distinct(command.subList(2, 3));
            }
            return WITHOUT_KEY.contains(name) ? List.of() : distinct(command.subList(1, 2));
        }

        private List<Integer> distinct(List<byte[]> keys) {
            return keys.stream().map(key -> Slots.of(text(key))).distinct().toList();
        }
    }

    /** INFO as a single server has it, and without what these services leave out. */
    private static byte[] withoutCluster(byte[] answer) {
        String all = text(answer);
        int begin = all.indexOf("\r\n") + 2;
        String kept = all.substring(begin)
                .lines()
                .filter(line -> !line.startsWith("cluster_enabled") && !line.startsWith("run_id"))
                .map(line -> line.startsWith("redis_mode") ? "redis_mode:standalone" : line)
                .collect(Collectors.joining("\r\n"));
        // A string of either protocol.
        return (all.charAt(0) + "" + kept.length() + "\r\n" + kept + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The next command; null at the end. */
    private static List<byte[]> read(InputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int words = Integer.parseInt(line(in));
        List<byte[]> command = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            byte[] word = in.readNBytes(Integer.parseInt(line(in).substring(1)));
            in.readNBytes(2);
            command.add(word);
        }
        return command;
    }

    private static void write(OutputStream out, List<byte[]> command) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(("*" + command.size() + "\r\n").getBytes(StandardCharsets.UTF_8));
        for (byte[] word : command) {
            all.writeBytes(("$" + word.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            all.writeBytes(word);
            all.writeBytes(new byte[] {'\r', '\n'});
        }
        out.write(all.toByteArray());
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("connection closed");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** Reads one answer of either protocol as it is. */
    private static final class Answer {

        private final InputStream in;
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();

        Answer(InputStream in) {
            this.in = in;
        }

        byte[] read() throws IOException {
            element();
            return read.toByteArray();
        }

        private void element() throws IOException {
            String head = line(in);
            read.writeBytes((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            switch (head.charAt(0)) {
                case '$', '!', '=' -> {
                    int length = Integer.parseInt(head.substring(1));
                    if (length >= 0) {
                        read.writeBytes(in.readNBytes(length + 2));
                    }
                }
                case '*', '~', '>' -> elements(Integer.parseInt(head.substring(1)));
                case '%' -> elements(2 * Integer.parseInt(head.substring(1)));
                default -> {}
            }
        }

        private void elements(int count) throws IOException {
            for (int i : IntStream.range(0, count).toArray()) {
                element();
            }
        }
    }
}
