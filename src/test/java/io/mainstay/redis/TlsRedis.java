package io.mainstay.redis;

import io.mainstay.process.Ports;
import io.mainstay.process.RedisNode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Redis that speaks nothing but TLS, with a certificate made for it, and knows the user of the documentation. */
public class TlsRedis implements QuarkusTestResourceLifecycleManager {

    private static final String PASSWORD = "changeit";
    private static final String MAKE_CERTIFICATE = "-genkeypair -alias redis -keyalg RSA -keysize 2048 -validity 2"
            + " -dname CN=redis -ext BC=ca:true -storetype PKCS12 -storepass " + PASSWORD;

    private Path directory;
    private RedisNode node;

    /** What its certificate is for, as keytool wants it. */
    String certified() {
        return "IP:127.0.0.1";
    }

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("mainstay-tls-");
            Path key = directory.resolve("key.pem");
            Path certificate = directory.resolve("certificate.pem");
            makeCertificate(key, certificate);
            node = RedisNode.start(
                    "port 0",
                    "tls-port <port>",
                    "tls-auth-clients no",
                    "tls-key-file " + key,
                    "tls-cert-file " + certificate,
                    "tls-ca-cert-file " + certificate);
            node.awaitUp();
            MainstayUser.make(node);
            return Map.of(
                    // For the packaged service; tests of the sources have them anyway.
                    "mainstay.handlers.demo",
                    "true",
                    "mainstay.security.enabled",
                    "false",
                    // Beside whatever else is tested.
                    "quarkus.management.port",
                    Integer.toString(Ports.free()),
                    "quarkus.redis.hosts",
                    "rediss://" + MainstayUser.LOGIN + "@127.0.0.1:" + node.port(),
                    "quarkus.redis.tls-configuration-name",
                    "redis",
                    "quarkus.tls.redis.trust-store.pem.certs",
                    certificate.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (node != null) {
            node.close();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the JDK's own means, which are there wherever this test is. */
    private void makeCertificate(Path key, Path certificate) throws IOException {
        Path store = directory.resolve("store.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(keytool.toString(), "-keystore", store.toString()));
        command.addAll(List.of(MAKE_CERTIFICATE.split(" ")));
        command.addAll(List.of("-ext", "SAN=" + certified()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool made no certificate");
            }
            KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            write(
                    key,
                    "PRIVATE KEY",
                    made.getKey("redis", PASSWORD.toCharArray()).getEncoded());
            write(certificate, "CERTIFICATE", made.getCertificate("redis").getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no certificate in what keytool made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(kind, text));
    }
}
