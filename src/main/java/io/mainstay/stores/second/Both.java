package io.mainstay.stores.second;

/** Two that are closed together. */
final class Both {

    private Both() {}

    /** @return closes one, then the other, even if the first fails to close */
    static AutoCloseable of(AutoCloseable one, AutoCloseable other) {
        return () -> {
            try {
                one.close();
            } finally {
                other.close();
            }
        };
    }
}
