package io.mainstay.machine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of what is promised of a machine that runs: a time, or that a connection or a lease lasts. It is like any other,
 * but for one case: it failed, and meanwhile the machine itself was seen to stand still ({@link Stalls}). That says nothing
 * about the product, so it is made anew, from its beginning. A failure without that counts at once, and the third counts
 * whatever happened. The end of the run tells of each, and more than three in a run fail it ({@link RunSummary}). The
 * build runs unit tests of this kind apart from all others.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@Tag("timed")
@ExtendWith(TimedTests.class)
public @interface TimedTest {

    /** Key of the report entry that says why something was begun anew; every test that does so publishes it. */
    String BEGUN_ANEW = "mainstay.begun-anew";
}
