package io.mainstay.redis.pubsub;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.waiting.EndNotices;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.store.RedisKeys;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * {@link EndNotices} through pub/sub: {@code wait <queue> <id> …} and {@code end <queue> <id>}, on a channel beside that of
 * wake-ups, which proves its subscription.
 */
public final class RedisEndNotices implements EndNotices {

    private static final Logger LOG = Logger.getLogger(RedisEndNotices.class);
    private static final String WAIT = "wait";
    private static final String END = "end";

    private final RedisCalls calls;
    private final RedisWakeUps wakeUps;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    public RedisEndNotices(RedisCalls calls, RedisWakeUps wakeUps) {
        this.calls = calls;
        this.wakeUps = wakeUps;
        wakeUps.whenWaits(this::take);
    }

    @Override
    public void tellAwaited(QueueName queue, List<JobId> jobs) {
        publish(jobs.stream().map(JobId::value).collect(Collectors.joining(" ", WAIT + " " + queue + " ", "")));
    }

    @Override
    public void tellEnded(QueueName queue, JobId job) {
        publish(END + " " + queue + " " + job);
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public boolean live() {
        return wakeUps.live();
    }

    private void publish(String text) {
        calls.publish(RedisKeys.WAITS_CHANNEL, text)
                .subscribe()
                .with(taken -> {}, error -> LOG.debugf(error, "Not published: %s", text));
    }

    private void take(String text) {
        String[] words = text.split(" ");
        try {
            QueueName queue = new QueueName(words[1]);
            List<JobId> jobs = Arrays.stream(words).skip(2).map(JobId::new).toList();
            if (words[0].equals(WAIT)) {
                listeners.forEach(listener -> listener.awaited(queue, jobs));
            } else if (words[0].equals(END)) {
                listeners.forEach(listener -> jobs.forEach(job -> listener.ended(queue, job)));
            }
        } catch (InvalidValueException | ArrayIndexOutOfBoundsException e) {
            LOG.debugf("Ignored on %s: %s", RedisKeys.WAITS_CHANNEL, e.getMessage());
        }
    }
}
