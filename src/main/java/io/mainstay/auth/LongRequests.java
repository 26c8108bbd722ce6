package io.mainstay.auth;

import io.mainstay.security.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Requests that wait, and event streams: they may last longer than what their caller was let in by. Thread-safe. */
@Singleton
public class LongRequests {

    private static final Logger LOG = Logger.getLogger(LongRequests.class);

    /** As many as are served at the same time, which is bounded where they are. */
    private final Set<Open> open = ConcurrentHashMap.newKeySet();

    private record Open(RoutingContext context, CallerSource source, SecurityIdentity identity) {}

    void begun(RoutingContext context, CallerSource source, SecurityIdentity identity) {
        Open request = new Open(context, source, identity);
        open.add(request);
        context.addEndHandler(ended -> open.remove(request));
    }

    /** Ends those whose caller is not known any more. */
    public void endUnknown() {
        for (Open request : open) {
            if (!request.source.knows(request.identity)) {
                Caller caller = Identities.callerOf(request.identity);
                LOG.infof(
                        "A request of %s was ended: its key was revoked, or its key or token has expired", caller.id());
                open.remove(request);
                request.context.request().connection().close();
            }
        }
    }
}
