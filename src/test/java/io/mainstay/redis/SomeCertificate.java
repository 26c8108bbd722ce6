package io.mainstay.redis;

import io.netty.util.NetUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import javax.security.auth.x500.X500Principal;

/** An X.509 certificate with its key, made within milliseconds: keytool takes a second for each. */
public final class SomeCertificate {

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int BITS = 0x03;
    private static final int OCTETS = 0x04;
    private static final int TIME = 0x18;
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;
    private static final int DNS = 0x82;
    private static final int IP = 0x87;
    private static final byte[] SIGNED_BY_ECDSA = bytes("300a06082a8648ce3d040302");
    private static final byte[] ALTERNATIVE_NAMES = bytes("0603551d11");
    private static final byte[] IS_CA = bytes("300f0603551d130101ff040530030101ff");
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final X500Principal subject;
    private final KeyPair keys = newKeys();
    private final byte[] encoded;

    private SomeCertificate(String name, SomeCertificate issuer, Instant until, byte[] extensions) {
        this.subject = new X500Principal(name);
        SomeCertificate by = issuer == null ? this : issuer;
        byte[] content = der(
                SEQUENCE,
                der(VERSION, der(INTEGER, new byte[] {2})),
                der(INTEGER, new byte[] {(byte) ThreadLocalRandom.current().nextInt(1, 127)}),
                SIGNED_BY_ECDSA,
                by.subject.getEncoded(),
                der(SEQUENCE, time(Instant.now().minus(30, ChronoUnit.DAYS)), time(until)),
                subject.getEncoded(),
                keys.getPublic().getEncoded(),
                der(EXTENSIONS, der(SEQUENCE, extensions)));
        this.encoded = der(SEQUENCE, content, SIGNED_BY_ECDSA, der(BITS, new byte[1], by.sign(content)));
    }

    /** One that signs others, and itself. */
    public static SomeCertificate authority(String name) {
        return new SomeCertificate(name, null, inDays(1), IS_CA);
    }

    /** @param host a name, or an IPv4 address */
    public SomeCertificate issue(String name, String host) {
        return issue(name, host, inDays(1));
    }

    public SomeCertificate issueExpired(String name, String host) {
        return issue(name, host, inDays(-1));
    }

    private SomeCertificate issue(String name, String host, Instant until) {
        byte[] hosts = der(
                SEQUENCE,
                NetUtil.isValidIpV4Address(host)
                        ? der(IP, NetUtil.createByteArrayFromIpAddressString(host))
                        : der(DNS, host.getBytes(StandardCharsets.US_ASCII)));
        return new SomeCertificate(name, this, until, der(SEQUENCE, ALTERNATIVE_NAMES, der(OCTETS, hosts)));
    }

    /** The certificate as PEM. */
    public Path writeTo(Path file) {
        return write(file, "CERTIFICATE", encoded);
    }

    public Path writeKeyTo(Path file) {
        return write(file, "PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    private byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant inDays(int days) {
        return Instant.now().plus(days, ChronoUnit.DAYS);
    }

    private static byte[] time(Instant at) {
        return der(TIME, FORMAT.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        if (content.size() < 0x80) {
            all.write(content.size());
        } else if (content.size() < 0x100) {
            all.write(0x81);
            all.write(content.size());
        } else {
            all.write(0x82);
            all.write(content.size() >> 8);
            all.write(content.size());
        }
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static Path write(Path file, String kind, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        try {
            return Files.writeString(file, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(kind, text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
