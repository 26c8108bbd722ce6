package io.mainstay.redis.store;

import io.mainstay.hook.NoticeStore;
import io.mainstay.security.QueuePatterns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls of a model run about notices. Stores may keep them in parts as they like, so what comes from all parts is sorted. */
interface NoticeOperation extends Operation {

    int ALL = 1000;

    record Want(long version, List<String> dead, List<String> flowEnded) implements NoticeOperation {
        @Override
        public String on(ModelSide side) {
            NoticeStore store = side.store().notices();
            var wanted = new NoticeStore.Wanted(version, new QueuePatterns(dead), new QueuePatterns(flowEnded));
            List<Long> known = new ArrayList<>();
            for (int bucket = 0; bucket < store.buckets(); bucket++) {
                known.add(side.answer(store.want(bucket, wanted)));
            }
            return "known " + known.stream().distinct().toList();
        }
    }

    /** All there are, of which some are struck off, which the order decides in which they are told. */
    record Notices(boolean strikeOff) implements NoticeOperation {
        @Override
        public String on(ModelSide side) {
            NoticeStore store = side.store().notices();
            List<String> all = new ArrayList<>();
            for (int bucket = 0; bucket < store.buckets(); bucket++) {
                List<String> found =
                        side.answer(store.outbox(bucket, ALL, Duration.ZERO)).notices();
                all.addAll(found);
                if (strikeOff) {
                    side.answer(store.done(bucket, 0, found));
                }
            }
            List<String> sketches = all.stream()
                    .map(text -> text.replaceFirst("\",\"\\d+", ""))
                    .sorted()
                    .toList();
            return (all.isEmpty() ? "notices none" : "notices some ") + sketches;
        }
    }
}
