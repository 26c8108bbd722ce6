package io.mainstay.lease.callback;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.lease.SharedSecret;
import io.mainstay.queue.CallbackTokens;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** {@link CallbackTokens} under the secret that instances share. */
@Singleton
class SignedTokens implements CallbackTokens {

    private final SharedSecret secret;

    SignedTokens(SharedSecret secret) {
        this.secret = secret;
    }

    @Override
    public Uni<String> tokenFor(QueueName queue, JobId id, long fence) {
        return secret.signer().map(new CallbackToken(queue, id, fence)::text);
    }
}
