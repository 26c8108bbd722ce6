package io.mainstay.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.job.Bounds;
import io.mainstay.vertx.VertxInternals;
import io.netty.channel.ChannelPipeline;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Sets up the HTTP servers for what no option of theirs offers. Vert.x has handlers for requests that cannot be read, but
 * Quarkus, which makes the servers, lets nobody set them; so this goes to the channel that accepts connections. If a newer
 * Vert.x does not lead to it, the service works, without these checks, and says so.
 */
@Singleton
class ServerSetup implements HttpServerOptionsCustomizer {

    private static final Logger LOG = Logger.getLogger(ServerSetup.class);
    private static final String NAME = "mainstay";

    /** The server of probes and metrics begins to listen at some time about that of the API, and nobody is told. */
    private static final long AGAIN_MILLIS = 500;

    private static final int MOST_LOOKS = 20;

    private final Vertx vertx;
    private final ObjectMapper mapper;
    private final RestConfig config;

    ServerSetup(Vertx vertx, ObjectMapper mapper, RestConfig config) {
        this.vertx = vertx;
        this.mapper = mapper;
        this.config = config;
    }

    void check(@Observes StartupEvent event) {
        Bounds.between(
                "mainstay.rest.head-timeout", config.headTimeout(), Duration.ofSeconds(1), Duration.ofMinutes(5));
    }

    /** HTTP 2 without TLS: nobody needs it, and each of its connections may carry a hundred requests at a time. */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    void started(@ObservesAsync HttpServerStart event) {
        setUp(event.options(), MOST_LOOKS);
    }

    void started(@ObservesAsync HttpsServerStart event) {
        setUp(event.options(), MOST_LOOKS);
    }

    /** Whether all servers are set up. */
    boolean done() {
        List<ChannelPipeline> servers = VertxInternals.acceptingPipelines(vertx);
        return !servers.isEmpty() && servers.stream().allMatch(pipeline -> pipeline.get(NAME) != null);
    }

    private synchronized void setUp(HttpServerOptions options, int looks) {
        try {
            for (ChannelPipeline pipeline : VertxInternals.acceptingPipelines(vertx)) {
                if (pipeline.get(NAME) == null) {
                    pipeline.addFirst(
                            NAME,
                            ConnectionSetup.forAccepted(
                                    new ConnectionSetup.Rules(options, config.headTimeout(), this::problem)));
                }
            }
            if (looks > 1) {
                vertx.setTimer(AGAIN_MILLIS, ignored -> setUp(options, looks - 1));
            }
        } catch (IllegalStateException e) {
            LOG.error(
                    "Requests with an ambiguous length, or that do not end, are not refused: this version of Vert.x is not known",
                    e);
        }
    }

    private byte[] problem(int status) {
        try {
            return mapper.writeValueAsBytes(HttpProblem.of(status));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is plain data", e);
        }
    }
}
