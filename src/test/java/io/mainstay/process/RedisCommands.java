package io.mainstay.process;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Sends commands to a Redis of loopback, each on a connection of its own, so that none outlives a fault, and answers with
 * text as redis-cli prints it: elements of an array in lines, nothing for nil.
 */
final class RedisCommands {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String LINE_END = "\r\n";

    private final int port;
    private final SocketFactory sockets;

    RedisCommands(int port) {
        this(port, SocketFactory.getDefault());
    }

    private RedisCommands(int port, SocketFactory sockets) {
        this.port = port;
        this.sockets = sockets;
    }

    /** @param certificate the one that the server has, as PEM */
    static RedisCommands overTls(int port, Path certificate) {
        return new RedisCommands(port, trusting(certificate));
    }

    /** The answer, which may be an error; if nobody answers, a text that says so. */
    String call(String... command) {
        try (Socket socket = connect()) {
            send(socket.getOutputStream(), command);
            return read(new BufferedInputStream(socket.getInputStream())).strip();
        } catch (SocketTimeoutException e) {
            throw new IllegalStateException(command[0] + " is not answered", e);
        } catch (IOException e) {
            return "no answer: " + e.getMessage();
        }
    }

    /** Writes what the server holds now into a file, as a replica is sent it. */
    void dumpTo(Path file) {
        try (Socket socket = connect()) {
            send(socket.getOutputStream(), "SYNC");
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String head = readLine(in);
            while (head.isEmpty()) {
                // It is not ready yet, and shows that it is alive.
                head = readLine(in);
            }
            if (!head.startsWith("$")) {
                throw new IOException(head);
            }
            Files.write(file, readBytes(in, Integer.parseInt(head.substring(1))));
        } catch (IOException e) {
            throw new UncheckedIOException("no dump", e);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(Math.toIntExact(DEADLINE.toMillis()));
        return socket;
    }

    private static void send(OutputStream out, String... command) throws IOException {
        StringBuilder request = new StringBuilder("*" + command.length + LINE_END);
        for (String word : command) {
            request.append('$')
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append(LINE_END)
                    .append(word)
                    .append(LINE_END);
        }
        out.write(request.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String read(InputStream in) throws IOException {
        String line = readLine(in);
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '$' -> rest.equals("-1") ? "" : readText(in, Integer.parseInt(rest));
            case '*' -> readAll(in, Integer.parseInt(rest));
            default -> rest;
        };
    }

    private static String readAll(InputStream in, int count) throws IOException {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(read(in));
        }
        return String.join("\n", elements);
    }

    private static String readText(InputStream in, int length) throws IOException {
        String text = new String(readBytes(in, length), StandardCharsets.UTF_8);
        readBytes(in, LINE_END.length());
        return text;
    }

    private static byte[] readBytes(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("connection closed");
        }
        return bytes;
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("connection closed");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static SocketFactory trusting(Path certificate) {
        try (InputStream pem = Files.newInputStream(certificate)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "redis", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no use of " + certificate, e);
        }
    }
}
