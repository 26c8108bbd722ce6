package io.mainstay.http.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.http.url.TargetUrl;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeysTest {

    private static final String A = "whsec_" + base64(24, 1);
    private static final String B = "whsec_" + base64(32, 2);
    private static final String C = "whsec_" + base64(64, 3);
    private static final byte[] NOTHING = {};

    @Test
    void allSecretsOfTheLongestPrefixSignAndNoOthers() {
        String text = "# rotation: the old one goes next week\nhttps://a.example %s\n\n  https://a.example/hooks\t%s\n"
                        .formatted(A, B)
                + "https://a.example/hooks " + C;

        assertThat(signatures(text, "https://a.example/x")).isEqualTo(signaturesOf(A));
        assertThat(signatures(text, "https://a.example/hooks2")).isEqualTo(signaturesOf(A));
        assertThat(signatures(text, "https://a.example/hooks/in?q")).isEqualTo(signaturesOf(B, C));
        assertThat(signatures(text, "http://a.example/hooks")).isEmpty();
        assertThat(signatures(text, "https://a.example:444/hooks")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0",
                "https://a.example",
                "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0 https://a.example",
                "https://a.example c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0",
                "https://a.example whsec_c2VjcmV0",
                "https://a.example whsec_c2Vjcm!V0c2VjcmV0c2VjcmV0c2VjcmV0",
                "https://a.example whsk_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0",
                "https://a.example whpk_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0",
                "https://a.example whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0 more",
                "https://u:c2VjcmV0@a.example whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0",
            })
    void whatIsWrongIsNamedByItsLineAndNotQuoted(String line) {
        assertThatThrownBy(() -> SigningKeys.parse("# first\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("c2Vj");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# none\n"})
    void aFileWithoutSecretsIsRefused(String text) {
        assertThatThrownBy(() -> SigningKeys.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no secrets");
    }

    @Test
    void anEd25519KeyIsItsSeedAloneOrWithItsPublicKey() {
        // RFC 8032, 7.1, test 2.
        String seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
        String publicKey = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
        byte[] message = {0x72};
        String expected = "v1a,"
                + Base64.getEncoder()
                        .encodeToString(HexFormat.of()
                                .parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));

        assertThat(SigningKey.parse("whsk_" + fromHex(seed)).sign(message, NOTHING))
                .isEqualTo(expected);
        assertThat(SigningKey.parse("whsk_" + fromHex(seed + publicKey)).sign(message, NOTHING))
                .isEqualTo(expected);
        String anothers = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        assertThatThrownBy(() -> SigningKey.parse("whsk_" + fromHex(seed + anothers)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not match");
    }

    private static List<String> signatures(String text, String url) {
        return SigningKeys.parse(text).of(TargetUrl.parse("url", url)).stream()
                .map(key -> key.sign(NOTHING, NOTHING))
                .toList();
    }

    private static List<String> signaturesOf(String... secrets) {
        return List.of(secrets).stream()
                .map(secret -> SigningKey.parse(secret).sign(NOTHING, NOTHING))
                .toList();
    }

    private static String fromHex(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    private static String base64(int bytes, int of) {
        byte[] secret = new byte[bytes];
        Arrays.fill(secret, (byte) of);
        return Base64.getEncoder().encodeToString(secret);
    }
}
