package io.mainstay.failover.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowLinkTest {

    private static final int BYTES = 20_000;

    private ServerSocket server;
    private SlowLink link;
    private Socket client;
    private Socket served;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        link = new SlowLink(server::getLocalPort);
        client = new Socket(InetAddress.getLoopbackAddress(), link.port());
        served = server.accept();
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        served.close();
        link.close();
        server.close();
    }

    @Test
    void bytesTakeTheirTime() throws IOException {
        link.carry(2 * BYTES);
        Instant begun = Instant.now();
        served.getOutputStream().write(new byte[BYTES]);

        assertThat(client.getInputStream().readNBytes(BYTES)).hasSize(BYTES);
        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(400));
    }

    /** At its first rate the transfer would take hours. */
    @Test
    void whatIsUnderWayGoesOnAtTheNewRate() throws IOException {
        link.carry(1);
        served.getOutputStream().write(new byte[BYTES]);
        client.getInputStream().read();
        link.carry(Rate.UNLIMITED);

        assertThat(client.getInputStream().readNBytes(BYTES - 1)).hasSize(BYTES - 1);
    }

    @Test
    void theEndOfOneSideIsTheEndOfTheOther() throws IOException {
        served.close();

        assertThat(client.getInputStream().read()).isNegative();
    }
}
