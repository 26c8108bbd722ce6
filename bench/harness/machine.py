"""What the run ran on, so that figures of two days can be told apart."""

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from .java import ROOT
from .processes import run


class StealMeter:
    """Share of CPU time that the hypervisor gave to others, since the meter was made."""

    def __init__(self):
        self._begin = _cpu_ticks()

    def percent(self):
        spent = [now - before for now, before in zip(_cpu_ticks(), self._begin, strict=True)]
        return 100 * spent[7] / max(sum(spent), 1)


def versions(java, bullmq):
    """Lines of "name: value"."""
    lines = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _commit(),
        "machine": f"{os.cpu_count()} CPUs ({_cpu_model()}), {_memory_gib():.0f} GiB, Linux {platform.release()}",
        "load average at the start": f"{os.getloadavg()[0]:.2f}",
        "java": _java_version(java),
        "quarkus": re.search(r"<quarkus.version>(.*?)<", (ROOT / "pom.xml").read_text())[1],
        "redis": re.search(r"v=(\S+)", run(["redis-server", "--version"], "redis-server", 10))[1],
    }
    if bullmq:
        lines["bullmq"] = bullmq
    return lines


def _commit():
    def git(*arguments):
        return run(["git", "-C", ROOT, *arguments], "git", 10).strip()

    changed = git("status", "--porcelain", "--untracked-files=no")
    return git("rev-parse", "--short=12", "HEAD") + (" and uncommitted changes" if changed else "")


def _java_version(java):
    # Java tells its version on stderr.
    told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=True).stderr
    return re.search(r"\((build .*?)\)", told)[1].removeprefix("build ")


def _cpu_model():
    return re.search(r"model name\s*:\s*(.*)|$", Path("/proc/cpuinfo").read_text())[1] or platform.machine()


def _memory_gib():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _cpu_ticks():
    return [int(ticks) for ticks in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
