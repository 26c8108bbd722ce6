package io.mainstay.bulk;

import io.mainstay.rest.StreamedBodies;
import jakarta.inject.Singleton;

/** Bodies of bulk requests: too large to be read as a whole. */
@Singleton
class BulkBodies implements StreamedBodies {

    private final BulkConfig config;

    BulkBodies(BulkConfig config) {
        this.config = config;
    }

    @Override
    public String pathEnd() {
        return BulkEnqueueResource.PATH_END;
    }

    @Override
    public long maxBody() {
        return config.maxBody().asLongValue();
    }
}
