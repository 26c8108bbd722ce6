package io.mainstay.due;

import java.util.List;

/** Is told what a poll found. Called on any thread; must return at once. */
public interface DueListener {

    /** Queues of one bucket; may be empty. */
    void due(List<DueQueue> queues);
}
