package io.mainstay.mirror;

/**
 * Pauses and limits of a queue, as one store tells the other one of them. Only stores look inside, each understands those of its kind. Equal if they are the same.
 */
public interface MirrorSettings {

    /** Of two stores the one with the higher version is right. */
    long version();
}
