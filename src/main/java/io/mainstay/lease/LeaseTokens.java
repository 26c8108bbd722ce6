package io.mainstay.lease;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Writes and reads {@link LeaseToken} as URL-safe text, under the secret that instances share. Thread-safe. */
@Singleton
public final class LeaseTokens {

    private static final SignedText FORMAT = new SignedText("ls_");

    private final SharedSecret secret;

    LeaseTokens(SharedSecret secret) {
        this.secret = secret;
    }

    public Uni<String> text(LeaseToken token) {
        return texts(List.of(token)).map(texts -> texts.get(0));
    }

    /** In the same order. */
    public Uni<List<String>> texts(List<LeaseToken> tokens) {
        return secret.signer().map(signer -> tokens.stream()
                .map(token -> FORMAT.write(LeaseTokenCodec.write(token), signer))
                .toList());
    }

    /** Empty if it is torn, of another secret or for another purpose. */
    public Uni<Optional<LeaseToken>> parse(String text) {
        return parse(List.of(text)).map(tokens -> tokens.get(0));
    }

    /** In the same order. */
    public Uni<List<Optional<LeaseToken>>> parse(List<String> texts) {
        return secret.open(FORMAT, texts).map(contents -> contents.stream()
                .map(content -> content.flatMap(LeaseTokenCodec::read))
                .toList());
    }
}
