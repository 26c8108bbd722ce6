import io.mainstay.client.Mainstay;
import io.mainstay.client.Outcome;

/** A worker of the Java SDK whose jobs do nothing: four connections, each leases and reports up to fifty at a time. */
class Noop {

    private static final int CONNECTIONS = 4;
    private static final int AT_A_TIME = 50;

    public static void main(String[] arguments) {
        Mainstay.at(arguments[0])
                .worker("bench")
                .name("bench-java")
                .handler("noop", job -> Outcome.success())
                .concurrency(CONNECTIONS * AT_A_TIME)
                .connections(CONNECTIONS)
                .build()
                .run();
    }
}
