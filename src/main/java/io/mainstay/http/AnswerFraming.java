package io.mainstay.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/** How an answer says where it ends (RFC 9112, 6.3). */
final class AnswerFraming {

    private AnswerFraming() {}

    static boolean isAmbiguous(HttpResponse head) {
        return head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                && head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    /** Whether it is framed as every current server does it; if not, the connection is not used again. */
    static boolean isPlain(HttpResponse head) {
        HttpHeaders headers = head.headers();
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        boolean plainCoding = codings.isEmpty()
                || codings.size() == 1
                        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(
                                codings.get(0).strip());
        return plainCoding && head.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }
}
