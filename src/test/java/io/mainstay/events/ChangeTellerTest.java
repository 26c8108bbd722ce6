package io.mainstay.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTellerTest {

    private final List<StateChange> told = new ArrayList<>();
    private final List<QueueName> toldOf = new ArrayList<>();
    private boolean wanted = true;
    private final ChangeTeller teller = new ChangeTeller(new ChangeFeed() {
        @Override
        public boolean wanted() {
            return wanted;
        }

        @Override
        public void tell(StateChange change) {
            told.add(change);
        }

        @Override
        public void tell(QueueName queue) {
            toldOf.add(queue);
        }

        @Override
        public AutoCloseable listen(Listener listener) {
            throw new UnsupportedOperationException("nobody listens");
        }
    });

    @Test
    void oneOfManyChangesIsToldWhileSomebodyWantsIt() {
        StateChange change = cancelled(new QueueName("q"));
        teller.changed(change);
        wanted = false;
        teller.changed(change);

        assertThat(told).containsExactly(change);
    }

    @Test
    void privateQueuesAreNotTold() {
        teller.changed(cancelled(QueueName.privateTo("me")));

        assertThat(told).isEmpty();
    }

    @Test
    void aChangedQueueIsToldWhileSomebodyWantsItUnlessItIsPrivate() {
        teller.changed(new QueueName("q"));
        teller.changed(QueueName.privateTo("me"));
        wanted = false;
        teller.changed(new QueueName("later"));

        assertThat(toldOf).containsExactly(new QueueName("q"));
    }

    private static StateChange cancelled(QueueName queue) {
        return new StateChange(queue, new JobId("a"), new HandlerName("mail"), JobState.CANCELLED, 1, Instant.EPOCH);
    }
}
