package io.mainstay;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The tests of the whole service but those of {@link SecuredServiceTests} and {@link TimedServiceTests}, in one process and ordered by profile: classes of one profile share one start of it, which takes
 * longer than most of them. To Maven this is one class, which other processes run others beside.
 */
@Suite
@SelectPackages("io.mainstay")
@IncludeClassNamePatterns(".*(?<!Timed)ServiceTest")
@ExcludeClassNamePatterns(SecuredServiceTests.NAMES)
class ServiceTests {}
