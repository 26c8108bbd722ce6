package io.mainstay.failover.client;

import java.util.function.BiFunction;

/** The clients that are compared. */
public enum OtherClient {
    STOCK("Quarkus' client", StockClient::new),
    LETTUCE("Lettuce", LettuceClient::new);

    private final String title;
    private final BiFunction<Deployment, Inbox, ClientUnderTest> connect;

    OtherClient(String title, BiFunction<Deployment, Inbox, ClientUnderTest> connect) {
        this.title = title;
        this.connect = connect;
    }

    public ClientUnderTest connect(Deployment redis, Inbox inbox) {
        return connect.apply(redis, inbox);
    }

    @Override
    public String toString() {
        return title;
    }
}
