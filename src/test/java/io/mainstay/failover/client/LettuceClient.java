package io.mainstay.failover.client;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.masterreplica.MasterReplica;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lettuce as it is recommended: time-outs, keep-alive and TCP_USER_TIMEOUT from "Production usage" of Redis' own
 * documentation, automatic reconnects and PING before a connection is used from Lettuce's, which are its defaults. Redis
 * behind sentinels is reached through {@code MasterReplica}, which listens to what they publish. Neither page says how long
 * to wait between reconnects; the delays here are the shorter ones of two large providers of Redis (full jitter from 100 ms
 * on, at most 5 s; the default goes up to 30 s).
 */
final class LettuceClient implements ClientUnderTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
    private static final int KEEP_ALIVE_PROBES = 3;
    private static final Duration USER_TIMEOUT = KEEP_ALIVE.plus(KEEP_ALIVE.multipliedBy(KEEP_ALIVE_PROBES));
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

    private final ClientResources resources = ClientResources.builder()
            .reconnectDelay(Delay.fullJitter(FIRST_DELAY, LONGEST_DELAY, FIRST_DELAY.toMillis(), TimeUnit.MILLISECONDS))
            .build();
    private final RedisClient client = RedisClient.create(resources);
    private final StatefulRedisConnection<String, String> commands;

    LettuceClient(Deployment deployment, Inbox inbox) {
        client.setOptions(options());
        RedisURI uri = uri(deployment);
        commands = deployment.masterName() == null
                ? client.connect(uri)
                : MasterReplica.connect(client, StringCodec.UTF8, uri);
        StatefulRedisPubSubConnection<String, String> subscription = client.connectPubSub(uri);
        subscription.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                inbox.take(message);
            }
        });
        subscription.sync().subscribe(CHANNEL);
    }

    private static ClientOptions options() {
        return ClientOptions.builder()
                .autoReconnect(true)
                .pingBeforeActivateConnection(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.DEFAULT)
                .timeoutOptions(TimeoutOptions.enabled())
                .socketOptions(SocketOptions.builder()
                        .keepAlive(KeepAliveOptions.builder()
                                .enable()
                                .idle(KEEP_ALIVE)
                                .interval(KEEP_ALIVE)
                                .count(KEEP_ALIVE_PROBES)
                                .build())
                        .tcpUserTimeout(TcpUserTimeoutOptions.builder()
                                .enable()
                                .tcpUserTimeout(USER_TIMEOUT)
                                .build())
                        .build())
                .build();
    }

    private static RedisURI uri(Deployment deployment) {
        RedisURI.Builder uri = RedisURI.builder().withTimeout(TIMEOUT);
        for (String address : deployment.addresses()) {
            URI node = URI.create(address);
            if (deployment.masterName() == null) {
                uri.withHost(node.getHost()).withPort(node.getPort());
            } else {
                uri.withSentinelMasterId(deployment.masterName()).withSentinel(node.getHost(), node.getPort());
            }
        }
        return uri.build();
    }

    @Override
    public boolean writes() {
        try {
            commands.sync().set("written", "by Lettuce");
            return true;
        } catch (RedisException failed) {
            return false;
        }
    }

    @Override
    public void close() {
        client.shutdown();
        resources.shutdown();
    }
}
