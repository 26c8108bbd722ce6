package io.mainstay.redis.mirror;

import io.mainstay.job.NewJob;
import io.mainstay.redis.store.SpecText;
import java.util.List;

/** A job as it is sent to the store that keeps its copy. */
final class CopyText {

    /** In place of the token of an enqueue, which only the store that made the job needs: the id was chosen by its caller. */
    private static final String CHOSEN = "copy";

    private CopyText() {}

    static void write(NewJob job, List<String> args) {
        args.add(job.id().value());
        args.add(SpecText.start(job.start()));
        args.add(SpecText.write(job.spec()));
        args.add(job.spec().payload().text());
        args.add(job.idChosen() ? CHOSEN : "");
    }
}
