package io.mainstay.http;

import io.mainstay.handler.JobContext;
import io.mainstay.http.signing.MessageId;
import io.mainstay.http.signing.RequestSigner;
import io.mainstay.queue.CallbackTokens;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** Headers by which a receiver knows that a request is ours, and we that a report is the receiver's. Thread-safe. */
@Singleton
class RequestProofs {

    private static final String REPORT_URL = "Mainstay-Report-Url";

    private final RequestSigner signer;
    private final CallbackTokens tokens;
    private final HttpSettings settings;

    RequestProofs(RequestSigner signer, CallbackTokens tokens, HttpSettings settings) {
        this.signer = signer;
        this.tokens = tokens;
        this.settings = settings;
    }

    Uni<Map<String, String>> of(HttpJob job, JobContext attempt) {
        Uni<Map<String, String>> signature = signer.signs(job.url())
                ? signer.headers(job.url(), MessageId.of(attempt.queue(), attempt.id(), attempt.reruns()), job.body())
                : Uni.createFrom().item(Map.of());
        if (!job.followUp().callback() || settings.callbackBase().isEmpty()) {
            return signature;
        }
        return signature.flatMap(headers -> tokens.tokenFor(attempt.queue(), attempt.id(), attempt.fence())
                .map(token -> {
                    Map<String, String> both = new HashMap<>(headers);
                    both.put(REPORT_URL, settings.callbackBase().get() + "/v1/callbacks/" + token);
                    return both;
                }));
    }
}
