package io.mainstay;

import io.mainstay.auth.key.NewKey;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.security.Security;
import java.util.List;

/**
 * Starts the service, in a JVM that looks up host names again; or makes a key, see {@link NewKey}. It has a name, which
 * {@code quarkus.package.main-class} gives, so that an application that has Mainstay as a library can have a main class of its own.
 */
@QuarkusMain(name = "mainstay")
public class Main {

    private static final String FOUND = "networkaddress.cache.ttl";
    private static final String NOT_FOUND = "networkaddress.cache.negative.ttl";

    /**
     * The JVM remembers for 30 s what a name stood for, and for 10 s that it stood for nothing. A failover that moves a
     * name would cost as much. The JVM reads this once, at its first lookup, so it must come before everything else.
     */
    public static void main(String... args) {
        if (Security.getProperty(FOUND) == null && System.getProperty("sun.net.inetaddr.ttl") == null) {
            Security.setProperty(FOUND, "1");
            Security.setProperty(NOT_FOUND, "1");
        }
        if (args.length > 0 && args[0].equals(NewKey.COMMAND)) {
            System.exit(NewKey.run(List.of(args).subList(1, args.length), System.out, System.err));
        }
        Quarkus.run(args);
    }
}
