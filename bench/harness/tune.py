"""Looks for the settings with which BullMQ drains fastest, so that we are compared with its best."""

import statistics
from contextlib import ExitStack
from dataclasses import replace

from .bullmq import CANDIDATES
from .contenders import BullMqQueue
from .drain import drain_round


def measure_bullmq_settings(plan, say):
    """Returns a table, best first. All candidates take turns, so that none gets the machine's good minute."""
    ratios = {candidate: [] for candidate in CANDIDATES}
    for number in range(plan.rounds):
        for candidate in CANDIDATES:
            part = replace(plan, bullmq=candidate).within(f"{number}-{CANDIDATES.index(candidate)}")
            with ExitStack() as stack:
                queue = BullMqQueue(part, "off", stack)
                for _ in range(plan.warmups):
                    sample = drain_round(part, [queue], str(candidate), say)[0]
            ratios[candidate].append(sample.ratio)
    best_first = sorted(CANDIDATES, key=lambda candidate: -statistics.median(ratios[candidate]))
    rows = [f"| {candidate} | {statistics.median(ratios[candidate]):.3f} |" for candidate in best_first]
    return "\n".join(["| BullMQ with | ratio to reference |", "| --- | ---: |", *rows])
