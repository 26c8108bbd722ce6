package io.mainstay;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of the whole service that measure time, as {@link ServiceTests} has the others. All are tagged {@code timed}. */
@Suite
@SelectPackages("io.mainstay")
@IncludeClassNamePatterns(".*TimedServiceTest")
class TimedServiceTests {}
