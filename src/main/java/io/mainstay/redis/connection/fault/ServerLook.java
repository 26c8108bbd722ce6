package io.mainstay.redis.connection.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Finds out whether a server speaks TLS, and which certificates it has, on connections of its own. They send PING and nothing
 * else, no password in particular, so whose certificate it is does not matter. Blocks.
 */
final class ServerLook {

    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Destination to;
    private final int timeoutMs;

    ServerLook(Destination to, int timeoutMs) {
        this.to = to;
        this.timeoutMs = timeoutMs;
    }

    /** Takes at most four time-outs. */
    Sighting look() {
        boolean plain = answersPlain();
        Credulous trust = new Credulous();
        Unarmed keys = new Unarmed();
        boolean answersTls = !plain && answersOverTls(trust, keys);
        Optional<Certificates> seen = Optional.of(trust.seen())
                .filter(chain -> !plain && !chain.isEmpty())
                .map(Certificates::new);
        return new Sighting(plain, seen, seen.isPresent() && keys.asked() && !answersTls);
    }

    private boolean answersPlain() {
        try (Socket socket = connect()) {
            return answers(socket);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean answersOverTls(Credulous trust, Unarmed keys) {
        try (Socket socket = connect()) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
            // By this name, since a server may choose its certificate by it.
            try (SSLSocket over =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, to.certified(), to.port(), true)) {
                over.startHandshake();
                return answers(over);
            }
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether what comes back begins as answers of Redis do, errors included. */
    private static boolean answers(Socket socket) throws IOException {
        socket.getOutputStream().write(PING);
        socket.getOutputStream().flush();
        int first = socket.getInputStream().read();
        return first == '+' || first == '-';
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(timeoutMs);
            socket.connect(new InetSocketAddress(InetAddress.getByName(to.host()), to.port()), timeoutMs);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
