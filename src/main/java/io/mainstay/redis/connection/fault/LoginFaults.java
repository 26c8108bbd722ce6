package io.mainstay.redis.connection.fault;

import java.util.Optional;

/** What Redis answers to a login, a database or a question that it does not know, as a sentence about settings. */
final class LoginFaults {

    private final SettingNames names;

    LoginFaults(SettingNames names) {
        this.names = names;
    }

    /** @param reply an error as Redis words it; empty if it is not about settings */
    Optional<String> explain(Destination to, String reply) {
        Login login = to.login();
        if (reply.startsWith("WRONGPASS")) {
            String wrong = login.user().isPresent()
                    ? "there is no such user, or it has another password"
                    : "the password is wrong";
            return said("%s refuses %s: %s; correct %s".formatted(to, login, wrong, keys(login)));
        }
        if (reply.startsWith("NOAUTH")) {
            return said(
                    login.password().isPresent()
                            ? "%s refuses the login of %s; correct %s".formatted(to, login, keys(login))
                            : "%s requires a password, but none is configured; set %s or %s"
                                    .formatted(to, names.passwordFile(), names.password()));
        }
        if (reply.startsWith("ERR AUTH <password> called without") || reply.startsWith("ERR Client sent AUTH")) {
            return said(
                    "%s has no password for the default user, but one is configured; remove %s or name its user in %s"
                            .formatted(to, login.passwordKey(), names.userFile()));
        }
        if (reply.contains("DB index")) {
            return said(
                    "%s does not have the database that is configured; correct the number at the end of the address in %s"
                            .formatted(to, names.hosts()));
        }
        if (reply.contains("SELECT is not allowed in cluster mode")) {
            return said("%s is a cluster, which has database 0 only; remove the database from the address in %s"
                    .formatted(to, names.hosts()));
        }
        if (reply.startsWith("NOPERM")) {
            return said(
                    "%s does not grant %s the rights that Mainstay needs (%s); set them with ACL SETUSER, see docs/redis-model.md, or correct %s"
                            .formatted(to, login, reply, login.userKey()));
        }
        if (reply.startsWith("DENIED")) {
            return said("%s accepts connections only from its own machine (protected-mode); set a password there and %s"
                    .formatted(to, names.passwordFile()));
        }
        return Optional.empty();
    }

    private static String keys(Login login) {
        return login.user().isEmpty() || login.passwordKey().equals(login.userKey())
                ? login.passwordKey()
                : login.passwordKey() + " or " + login.userKey();
    }

    private static Optional<String> said(String sentence) {
        return Optional.of(sentence);
    }
}
