package io.mainstay.queue;

import io.mainstay.audit.AuditContract;
import io.mainstay.bulk.BulkActionContract;
import io.mainstay.flow.FlowContract;
import io.mainstay.flow.FlowJobsContract;
import io.mainstay.hook.NoticeContract;
import io.mainstay.mirror.MirrorContract;
import io.mainstay.policy.LayoutContract;
import io.mainstay.policy.PolicyContract;
import io.mainstay.scaling.LoadContract;
import io.mainstay.schedule.ScheduleClockContract;
import io.mainstay.stats.StatsContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every store must do, whatever it keeps jobs in. One part per question that can be asked of a store; the parts
 * share the words of {@link ContractSteps}.
 */
public abstract class JobStoreContract
        implements EnqueueContract,
                ListContract,
                ChangeContract,
                RescheduleContract,
                AuditContract,
                StatsContract,
                BulkActionContract,
                ErrorGroupContract,
                FiguresContract,
                QueueListContract,
                QueueDeletionContract,
                QueueForgettingContract,
                LoadContract,
                DueJobsContract,
                ExplainContract,
                BlockersContract,
                ClaimContract,
                ClaimSizeContract,
                RouteContract,
                SweepContract,
                ReceivedContract,
                SettleContract,
                RepeatedReportContract,
                ExtendContract,
                NoteContract,
                SnoozeContract,
                PendContract,
                DeadlineContract,
                HistoryContract,
                PruneContract,
                ClockContract,
                AnnouncementsContract,
                ScheduleClockContract,
                UniqueContract,
                LimitContract,
                GroupContract,
                WakeUpContract,
                MirrorContract,
                FlowContract,
                FlowJobsContract,
                NoticeContract,
                LayoutContract,
                PolicyContract {

    /** Small, so that a handful of jobs shows the bound. */
    protected static final int SWEEP_LIMIT = 3;

    private StoreUnderTest store;

    /** An empty store, which sweeps no more than {@link #SWEEP_LIMIT} jobs of each kind at a time. */
    protected abstract StoreUnderTest open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Override
    public final StoreUnderTest store() {
        return store;
    }
}
