package io.mainstay.mirror;

/** A job as one store tells another one of it. Only stores look inside, each understands those of its kind. */
public interface MirroredJob {

    /** About how much it takes to send. */
    long bytes();
}
