package io.mainstay;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Those of {@link ServiceTests} whose service has keys, tokens or TLS, in a process of their own beside the others: they share no start of the service
 * with them, and all together would end long after every other test.
 */
@Suite
@SelectPackages("io.mainstay")
@IncludeClassNamePatterns(SecuredServiceTests.NAMES)
class SecuredServiceTests {

    static final String NAMES =
            "io\\.mainstay\\.(auth|tracing)\\..*(?<!Timed)ServiceTest|.*\\.(AuditRefusals|Tls)ServiceTest";
}
