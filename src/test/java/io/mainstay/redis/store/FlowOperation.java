package io.mainstay.redis.store;

import io.mainstay.flow.FlowPlan;
import io.mainstay.flow.FlowReport;
import io.mainstay.flow.FlowStatus;
import io.mainstay.flow.FlowStep;
import io.mainstay.flow.FlowStore;
import io.mainstay.flow.Placed;
import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Calls of a model run about flows. Stores may keep them in parts as they like, so what comes from all parts is sorted. */
interface FlowOperation extends Operation {

    int ALL = 1000;

    record FlowCreate(FlowPlan plan, FlowStore.Limits limits) implements FlowOperation {
        @Override
        public String on(ModelSide side) {
            FlowStore.Made made = side.answer(side.store().flows().create(plan, limits));
            return (made.created() ? "Created " : "Existing ") + steps(made.steps());
        }
    }

    record FlowTell(FlowId flow, List<FlowReport> news, FlowStore.Limits limits) implements FlowOperation {
        @Override
        public String on(ModelSide side) {
            return side.answer(side.store().flows().report(flow, news, limits))
                    .map(FlowOperation::steps)
                    .orElse("none");
        }
    }

    record FlowDue(Duration patience) implements FlowOperation {
        @Override
        public String on(ModelSide side) {
            List<FlowStep> due = new ArrayList<>();
            for (int part = 0; part < side.store().flows().parts(); part++) {
                due.addAll(side.answer(side.store().flows().due(part, ALL, patience, Duration.ofDays(1))));
            }
            return due.stream().map(FlowOperation::step).sorted().toList().toString();
        }
    }

    record FlowFind(FlowId flow) implements FlowOperation {
        @Override
        public String on(ModelSide side) {
            return side.answer(side.store().flows().find(flow))
                    .map(found -> (found.endedAt().isPresent() ? "over " : "open ") + nodes(found.nodes()))
                    .orElse("none");
        }
    }

    record FlowParents(FlowMember member) implements FlowOperation {
        @Override
        public String on(ModelSide side) {
            return side.answer(side.store().flows().parents(member))
                    .map(FlowOperation::nodes)
                    .orElse("none");
        }
    }

    record FlowPlace(QueueName queue, List<FlowStep> steps) implements FlowOperation {
        @Override
        public String on(ModelSide side) {
            return side.answer(side.store().flowJobs().place(queue, steps)).stream()
                    .map(FlowPlace::sketch)
                    .toList()
                    .toString();
        }

        private static String sketch(Placed placed) {
            String what = placed.created() ? "made " : placed.changed().isPresent() ? "moved " : "left ";
            return what
                    + news(placed.report())
                    + placed.changed().map(Sketch::of).orElse("");
        }
    }

    record FlowNews(QueueName queue) implements FlowOperation {
        @Override
        public String on(ModelSide side) {
            return side.answer(side.store().flowJobs().handovers(queue, Duration.ZERO, ALL)).stream()
                    .map(FlowOperation::news)
                    .sorted()
                    .toList()
                    .toString();
        }
    }

    record FlowNewsOf(QueueName queue, FlowMember member) implements FlowOperation {
        @Override
        public String on(ModelSide side) {
            return side.answer(side.store().flowJobs().handover(queue, member.job()))
                    .map(FlowOperation::news)
                    .orElse("none");
        }
    }

    record FlowTold(QueueName queue, List<FlowReport> news) implements FlowOperation {
        @Override
        public String on(ModelSide side) {
            side.answer(side.store().flowJobs().handedOver(queue, news));
            return "done";
        }
    }

    static String news(FlowReport report) {
        return report.member().job() + " " + report.state() + " #" + report.turn() + " " + report.result();
    }

    private static String steps(List<FlowStep> steps) {
        return steps.stream().map(FlowOperation::step).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String step(FlowStep step) {
        return "%s %s %s %s".formatted(step.member().job(), step.wish(), step.queue(), step.start());
    }

    private static String nodes(List<FlowStatus.Node> nodes) {
        return nodes.stream().map(FlowStatus.Node::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
