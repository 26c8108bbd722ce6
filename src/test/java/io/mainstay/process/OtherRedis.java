package io.mainstay.process;

import io.mainstay.machine.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;

/** Servers that the store is tested on besides {@link RedisProgram}. Each is named by a variable of the environment. */
public enum OtherRedis {
    /** Redis 6.0, the oldest that Mainstay works with. */
    OLDEST("MAINSTAY_REDIS_6_0", Requirement.REDIS_6_0),
    /** The newest Redis of Debian. */
    NEWEST("MAINSTAY_REDIS_NEWEST", Requirement.REDIS_NEWEST),
    /** The newest Valkey of Debian. */
    VALKEY("MAINSTAY_VALKEY_NEWEST", Requirement.VALKEY_NEWEST);

    private final String variable;
    private final Requirement requirement;

    OtherRedis(String variable, Requirement requirement) {
        this.variable = variable;
        this.requirement = requirement;
    }

    /** Skips the test that asks if it is not there. */
    String path() {
        String program = System.getenv(variable);
        requirement.assume(program != null && Files.isExecutable(Path.of(program)));
        return program;
    }
}
