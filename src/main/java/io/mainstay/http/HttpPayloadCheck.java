package io.mainstay.http;

import io.mainstay.handler.PayloadCheck;
import io.mainstay.http.url.TargetUrl;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Refuses requests that could not be sent. */
@Singleton
class HttpPayloadCheck implements PayloadCheck {

    private final HttpJobReader reader;
    private final HttpSettings settings;

    HttpPayloadCheck(HttpJobReader reader, HttpSettings settings) {
        this.reader = reader;
        this.settings = settings;
    }

    @Override
    public HandlerName handler() {
        return new HandlerName("http");
    }

    @Override
    public void check(Json payload) {
        accept(payload);
    }

    @Override
    public Optional<String> accept(Json payload) {
        HttpJob job = reader.read(payload);
        if (settings.allowed().none()) {
            throw new InvalidValueException(
                    "http.url",
                    job.url(),
                    "allowed by mainstay.http.allow, which is empty: http jobs are switched off");
        }
        if (!settings.allowed().contains(job.url())) {
            throw new InvalidValueException("http.url", job.url(), "below one of the URLs in mainstay.http.allow");
        }
        checkFollowUp(job.followUp());
        return Optional.of(job.url().origin());
    }

    private void checkFollowUp(HttpJob.FollowUp followUp) {
        if (followUp.callback() && settings.callbackBase().isEmpty()) {
            throw new InvalidValueException("http.callback", true, "false: mainstay.http.callback-base is not set");
        }
        TargetUrl status = followUp.statusUrl();
        if (status != null && !settings.allowed().contains(status)) {
            throw new InvalidValueException("http.statusUrl", status, "below one of the URLs in mainstay.http.allow");
        }
    }
}
