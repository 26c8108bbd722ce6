package io.mainstay.redis;

import io.mainstay.process.RedisNode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Redis that speaks nothing but TLS, with a certificate made for it, and knows the user of the documentation. */
public class TlsRedis implements QuarkusTestResourceLifecycleManager {

    private Path directory;
    private RedisNode node;

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
            node.awaitUp("--tls", "--cacert", certificate.toString());
            MainstayUser.make(node, "--tls", "--cacert", certificate.toString());
            return Map.of(
                    // For the packaged service; tests of the sources have them anyway.
                    "mainstay.handlers.demo",
                    "true",
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

    private static void makeCertificate(Path key, Path certificate) throws IOException {
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=redis",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1",
                        "-keyout",
                        key.toString(),
                        "-out",
                        certificate.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!openssl.waitFor(30, TimeUnit.SECONDS) || openssl.exitValue() != 0) {
                throw new IllegalStateException("openssl made no certificate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
