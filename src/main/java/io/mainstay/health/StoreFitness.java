package io.mainstay.health;

import java.util.List;
import java.util.Optional;

/** Whether the store is set up so that its promises can be kept, as of the latest look. Thread-safe; never waits. */
public interface StoreFitness {

    /** Why this instance does not work with the store, for people; empty if it does, or has not seen the store yet. */
    Optional<String> refusal();

    /** What is dangerous or will fail, for people; this instance works nevertheless. */
    List<String> warnings();

    /** Why the store refuses writes, or not all, as its latest answers say; empty if it takes them, as far as is known. */
    Optional<String> writeRefusal();

    /** Why connections do not come about, if that is how they are configured; each one sentence that names the key to set. */
    List<String> faults();
}
