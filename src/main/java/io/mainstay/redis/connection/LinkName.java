package io.mainstay.redis.connection;

import io.mainstay.health.LinkKind;
import java.util.Locale;

/**
 * Tells a link from the others of this instance, for logs. In a cluster the rest names a node, so it is no label of
 * metrics: nodes come and go.
 *
 * @param rest what tells it from links of the same kind; may be empty
 */
record LinkName(StoreName store, LinkKind kind, String rest) {

    @Override
    public String toString() {
        return store.qualify(kind.name().toLowerCase(Locale.ROOT) + rest);
    }
}
