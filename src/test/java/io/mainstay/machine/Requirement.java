package io.mainstay.machine;

import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * What some tests need of a machine besides a JDK, and how it gets there. Where it is missing they are skipped, and the
 * end of the run lists it; in continuous integration that is a failure ({@link RunSummary}).
 */
public enum Requirement {
    REDIS_6_0(
            "redis-server 6.0, the oldest that Mainstay works with, named by MAINSTAY_REDIS_6_0",
            "export MAINSTAY_REDIS_6_0=\"$(.ci/redis-from redis bullseye)\""),
    REDIS_NEWEST(
            "the newest redis-server of Debian, named by MAINSTAY_REDIS_NEWEST",
            "export MAINSTAY_REDIS_NEWEST=\"$(.ci/redis-from redis forky trixie)\""),
    VALKEY_NEWEST(
            "the newest valkey-server of Debian, named by MAINSTAY_VALKEY_NEWEST",
            "export MAINSTAY_VALKEY_NEWEST=\"$(.ci/redis-from valkey forky trixie)\""),
    PROMTOOL("promtool on the PATH", "apt-get install prometheus"),
    KUSTOMIZE(
            "kubectl 1.27 or kustomize 5.0, or newer, on the PATH",
            "curl -fLo /usr/local/bin/kubectl https://dl.k8s.io/release/v1.31.0/bin/linux/amd64/kubectl"
                    + " && chmod +x /usr/local/bin/kubectl"),
    PYTHON("python3, 3.9 or newer, on the PATH", "apt-get install python3"),
    RUBY("ruby on the PATH", "apt-get install ruby"),
    NODE("node, 20.3 or newer, on the PATH", "apt-get install nodejs"),
    TYPESCRIPT("the compiler of TypeScript in clients/node", "npm ci --prefix clients/node"),
    DASHBOARD("what checks the dashboard, in src/test/dashboard", "npm ci --prefix src/test/dashboard"),
    CHROMIUM("chromium on the PATH", "apt-get install chromium"),
    CURL("curl on the PATH", "apt-get install curl"),
    LIBFAKETIME("libfaketime", "apt-get install libfaketime"),
    MOUNT("the right to mount a small disk", "run as root, in a container with --cap-add SYS_ADMIN");

    /** Key of the report entry of a test that runs without something that it could use. */
    public static final String MISSING = "mainstay.missing";

    private final String what;
    private final String command;

    Requirement(String what, String command) {
        this.what = what;
        this.command = command;
    }

    /** Skips the test that asks unless it is there. */
    public void assume(boolean there) {
        if (!there) {
            throw new TestAbortedException(reason());
        }
    }

    /** Why a test is skipped. */
    public String reason() {
        return "missing: " + what + "; to have it: " + command;
    }

    static Optional<Requirement> of(String reason) {
        return Stream.of(values())
                .filter(each -> reason.contains(each.reason()) || reason.equals(each.name()))
                .findFirst();
    }
}
