package io.mainstay.telemetry;

/** Label of what there is once for each store. */
final class StoreLabel {

    static final String NAME = "store";

    /** Of the only store, too. */
    static final String FIRST = "first";

    private StoreLabel() {}
}
