package io.mainstay.auth.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewKeyTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void lineOfAKeysFileIsPrinted() {
        assertThat(run("shop", "reader,producer", "orders,mail.*", "payload")).isZero();

        String line = out.toString(StandardCharsets.UTF_8);
        assertThat(line).matches("ms_[0-9A-Za-z]{12}_[0-9A-Za-z]{49} shop reader,producer orders,mail.\\* payload\\R");
        assertThat(KeysFileText.read(line.getBytes(StandardCharsets.UTF_8))).hasSize(1);
    }

    @Test
    void wrongUseIsSaid() {
        assertThat(run("shop", "boss", "*")).isEqualTo(2);

        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("roles is 'boss', but must be some of reader, producer, worker, operator, admin")
                .contains("usage: new-key");
    }

    private int run(String... words) {
        return NewKey.run(List.of(words), new PrintStream(out, true), new PrintStream(err, true));
    }
}
