package io.mainstay.inspection;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Looks at each Redis that this instance works with. */
@FunctionalInterface
public interface RedisInspection {

    /** The first one first; within two seconds or so, and no older than that. Never fails: of nodes that do not answer it says so. */
    Uni<List<StoreReport>> look();
}
