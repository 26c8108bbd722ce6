"""The command line: what to measure, how often, and where the result goes."""

import argparse
import os
import shlex
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from . import bullmq, machine, report
from .delay import measure_delay
from .drain import measure_drain
from .enqueue import measure_enqueue
from .http_jobs import measure_http
from .idle import measure_idle
from .java import ROOT, java_command
from .memory import measure_memory
from .plan import Plan
from .processes import BenchError
from .remote import measure_remote
from .tune import measure_bullmq_settings

RESULTS = ROOT / "bench" / "results.md"
TOOLS = {"redis-server": "redis-server", "redis-benchmark": "redis-tools", "redis-cli": "redis-tools", "wrk": "wrk"}
# What the append-only file may change, and what is measured once.
WITH_AOF = {"enqueue", "drain", "remote", "delay", "http"}
PARTS = ("enqueue", "drain", "remote", "delay", "http", "memory", "idle")


def main():
    arguments = _arguments()
    # A stopped run must end its processes too: turns the signal into an exception that all context managers see.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        _check_tools()
        with tempfile.TemporaryDirectory(prefix="mainstay-bench-") as directory:
            _run(arguments, Path(directory))
    except BenchError as error:
        print(f"bench/run: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _arguments():
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds: to see that all works")
    parser.add_argument("--record", action="store_true", help="write bench/results.md")
    parser.add_argument("--aof", choices=("off", "everysec", "both"), default="both", help="of Redis (both)")
    parser.add_argument("--only", type=_parts, default=PARTS, help=f"parts, with commas between, of {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, help="measurements of each figure (5; quick: 2)")
    parser.add_argument("--jobs", type=int, default=50_000, help="in a drain (50,000)")
    parser.add_argument("--queues", type=_numbers, help="idle ones (0,1000,10000; quick: 0,1000)")
    parser.add_argument("--no-bullmq", action="store_true", help="leave BullMQ out")
    parser.add_argument("--tune-bullmq", action="store_true", help="only try BullMQ's settings, to choose the best")
    parser.add_argument("--java-options", default="-Xmx512m", help="for every JVM (-Xmx512m)")
    parser.add_argument("--service-options", default="", help='for the service alone, such as "-Dmainstay.…=…"')
    arguments = parser.parse_args()
    whole = arguments.only == PARTS and arguments.queues is None and arguments.aof == "both"
    if arguments.record and (arguments.quick or arguments.no_bullmq or not whole):
        parser.error("--record is for a whole run")
    if arguments.rounds is not None and arguments.rounds < 1 or arguments.jobs < 1:
        parser.error("--rounds and --jobs must be 1 or more")
    return arguments


def _parts(text):
    parts = tuple(text.split(","))
    for part in parts:
        if part not in PARTS:
            raise argparse.ArgumentTypeError(f"{part!r} is none of {', '.join(PARTS)}")
    return parts


def _numbers(text):
    return [int(number) for number in text.split(",")]


def _check_tools():
    missing = {package: tool for tool, package in TOOLS.items() if shutil.which(tool) is None}
    if missing:
        tools = ", ".join(missing.values())
        raise BenchError(f"not installed: {tools}. On Debian and Ubuntu: apt install {' '.join(missing)}")


def _run(arguments, directory):
    plan = _plan(arguments, directory)
    if plan.bullmq:
        bullmq.install()
    if arguments.tune_bullmq:
        print(measure_bullmq_settings(plan, _say))
        return
    steal = machine.StealMeter()
    head = machine.versions(plan.java, plan.bullmq and bullmq.versions(plan.bullmq))
    modes = ("off", "everysec") if arguments.aof == "both" else (arguments.aof,)
    sections = [_section(plan, aof, arguments.only) for aof in modes if set(arguments.only) & WITH_AOF]
    sections += _whatever_the_aof(plan, arguments.only)
    head |= _settings(arguments, plan) | {"CPU time stolen by other machines": f"{steal.percent():.1f} %"}
    text = "\n".join(["# Results\n", *(f"- {name}: {value}" for name, value in head.items()), "", *sections])
    print(text)
    if arguments.record:
        RESULTS.write_text(text)


def _plan(arguments, directory):
    quick = arguments.quick
    return Plan(
        rounds=arguments.rounds or (2 if quick else 5),
        jobs=arguments.jobs,
        warmups=2 if quick else 4,
        load_seconds=2 if quick else 5,
        trickle=100 if quick else 400,
        paced_seconds=3 if quick else 10,
        reference_requests=50_000 if quick else 100_000,
        memory_jobs=10_000,
        http_jobs=20_000,
        idle_queues=arguments.queues or ([0, 1000] if quick else [0, 1000, 10_000]),
        idle_rest=15 if quick else 60,
        idle_settle=10 if quick else 30,
        idle_seconds=15 if quick else 60,
        java=java_command(os.environ.get("JAVA_HOME")),
        java_options=shlex.split(arguments.java_options),
        service_options=shlex.split(arguments.service_options),
        bullmq=None if arguments.no_bullmq else bullmq.BEST,
        directory=directory,
    )


def _section(plan, aof, parts):
    _say(f"AOF {aof}")
    groups = measure_enqueue(plan.within(f"enqueue-{aof}"), aof, _say) if "enqueue" in parts else []
    drained = measure_drain(plan.within(f"drain-{aof}"), aof, _say) if "drain" in parts else []
    delays = measure_delay(plan.within(f"delay-{aof}"), aof, _say) if "delay" in parts else []
    if "remote" in parts:
        remote, more_delays = measure_remote(plan.within(f"remote-{aof}"), aof, _say)
        groups, delays = groups + remote, delays + more_delays
    http = measure_http(plan.within(f"http-{aof}"), aof, _say) if "http" in parts else []
    return report.section(f"AOF {aof}", groups, drained, delays, http)


def _whatever_the_aof(plan, parts):
    memory = measure_memory(plan.within("memory"), _say) if "memory" in parts else []
    idle = measure_idle(plan.within("idle"), _say) if "idle" in parts else []
    return [report.whatever_the_aof(memory, idle)] if memory or idle else []


def _settings(arguments, plan):
    lines = {"rounds": f"{plan.rounds}, median (lowest – highest)", "JVM options": arguments.java_options}
    if arguments.service_options:
        lines["service options"] = arguments.service_options
    if plan.bullmq:
        lines["BullMQ settings"] = plan.bullmq
    return lines


def _say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)
