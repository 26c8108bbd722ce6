package io.mainstay.redis.mirror;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.mirror.Compared;
import io.mainstay.mirror.Copied;
import io.mainstay.mirror.JobVersion;
import io.mainstay.mirror.LivePage;
import io.mainstay.mirror.LivePage.Cursor;
import io.mainstay.mirror.Mirror;
import io.mainstay.mirror.MirrorLook;
import io.mainstay.mirror.OutboxEntry;
import io.mainstay.mirror.OutboxPage;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads what the scripts of mirrored queues answer. */
final class MirrorAnswers {

    private static final int GONE = 2;
    private static final String FULL = "full";

    private MirrorAnswers() {}

    /** The first word of an answer. */
    static Optional<Mirror> mirror(Response answer) {
        return MirrorText.read(answer.get(0).toString());
    }

    static MirrorLook look(Response answer) {
        return new MirrorLook(
                mirror(answer),
                answer.get(1).toString(),
                answer.get(3).toLong(),
                answer.get(4).toLong(),
                answer.get(5).toLong(),
                answer.get(6).toLong(),
                new RedisMirrorSettings(answer.get(7).toString()),
                answer.get(8).toInteger() == 1);
    }

    /** @param copies how many were sent */
    static List<Copied> copied(Response answer, int copies) {
        Optional<Mirror> mirror = mirror(answer);
        if (answer.size() == 1) {
            return Collections.nCopies(copies, new Copied(mirror, Optional.empty()));
        }
        return answer.stream()
                .skip(1)
                .map(each -> copied(mirror, each.toString()))
                .toList();
    }

    private static Copied copied(Optional<Mirror> mirror, String said) {
        String[] words = said.split(" ");
        if (words[0].equals(FULL)) {
            return new Copied(
                    mirror,
                    Optional.empty(),
                    Optional.of(new Copied.Full(Long.parseLong(words[1]), Long.parseLong(words[2]))));
        }
        return new Copied(mirror, said.isEmpty() ? Optional.empty() : Optional.of(JobState.ofWireName("state", said)));
    }

    static OutboxPage outbox(Response answer) {
        return new OutboxPage(
                mirror(answer),
                answer.get(1).toLong(),
                answer.get(2).toInteger() == 1,
                answer.stream().skip(3).map(MirrorAnswers::entry).toList());
    }

    private static OutboxEntry entry(Response told) {
        Response fields = told.get(3);
        return new OutboxEntry(
                new JobId(told.get(0).toString()),
                told.get(1).toLong(),
                fields.size() == 0 ? Optional.empty() : Optional.of(RedisMirroredJob.of(told.get(2), fields)));
    }

    static LivePage page(Response answer, Cursor from) {
        List<JobVersion> jobs = new ArrayList<>();
        for (int i = 2; i < answer.size(); i += 2) {
            jobs.add(new JobVersion(
                    new JobId(answer.get(i).toString()), answer.get(i + 1).toLong()));
        }
        String id = answer.get(1).toString();
        return new LivePage(
                jobs,
                id.isEmpty()
                        ? from.nextSet()
                        : Optional.of(new Cursor(from.set(), answer.get(0).toString(), id)));
    }

    static Compared compared(Response answer) {
        List<JobId> lacking = new ArrayList<>();
        List<JobId> gone = new ArrayList<>();
        for (int i = 0; i < answer.size(); i += 2) {
            (answer.get(i).toInteger() == GONE ? gone : lacking)
                    .add(new JobId(answer.get(i + 1).toString()));
        }
        return new Compared(lacking, gone);
    }
}
