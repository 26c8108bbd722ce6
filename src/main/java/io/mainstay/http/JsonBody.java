package io.mainstay.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** JSON in answers. */
final class JsonBody {

    private static final JsonFactory JSON = new JsonFactory();

    /** The byte order mark, with which some servers begin. */
    private static final String MARK = "\ufeff";

    private JsonBody() {}

    /** Whether the content type is JSON, {@code application/problem+json} and its like included. */
    static boolean isAnnounced(MultiMap headers) {
        String type = headers.get("Content-Type");
        if (type == null) {
            return false;
        }
        int semicolon = type.indexOf(';');
        String media =
                (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        return media.equals("application/json") || media.endsWith("+json");
    }

    /** The body's text if it is one whole JSON value in UTF-8, as it came but for blanks and a mark around it. */
    static Optional<String> read(Answer answer) {
        if (answer.cut()) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(answer.body().getBytes()))
                    .toString();
            String unmarked = text.startsWith(MARK) ? text.substring(MARK.length()) : text;
            return isOneValue(unmarked) ? Optional.of(unmarked.strip()) : Optional.empty();
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    private static boolean isOneValue(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }
}
