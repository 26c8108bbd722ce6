package io.mainstay.stats;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what those who count and those who write share. */
@Dependent
class StatsBeans {

    @Produces
    @Singleton
    CountedSeries counted() {
        return new CountedSeries();
    }
}
