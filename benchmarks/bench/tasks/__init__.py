"""Task runtimes on one machine, two CPUs each. Every turn of a row has a process of its own, which prints its figures."""

import importlib.metadata
import importlib.util
import json
import os
import sys
from dataclasses import dataclass
from functools import partial

from jupyter_client.kernelspec import KernelSpecManager

from bench import program
from bench.rows import Row

PATIENCE = 600
MARK = "METRIC "

# What the programs know by these names, and the turns of each.
_ROWS = (
    ("init", "From init to the first result, in a fresh process.", 5),
    ("calls", "Tasks that do nothing: one at a time, and 1,000 to 100,000 at once.", 5),
    ("pending", "Tasks that all wait before the first runs, 1,000 to 1,000,000: time and memory of each.", 3),
    ("waits", "Waiting for 1,000 tasks one by one.", 5),
    ("nested", "A task that submits 100 others and gets them.", 5),
    ("values", "Putting and getting small values and 100 MB.", 5),
    ("arguments", "A task with an argument of 1 MB by ref.", 5),
    ("crash", "A worker that is killed, until its task's second try has returned.", 5),
    ("cpu", "How much sooner two workers have done four CPU-bound tasks.", 3),
    ("memory", "Memory of an idle worker, and of a driver that holds 100,000 refs.", 3),
)


@dataclass(frozen=True)
class Contender:
    name: str
    # What a row's name is appended to.
    command: tuple
    version: str


def contenders():
    """Ours first, then those that are installed."""
    spec = KernelSpecManager().get_kernel_spec("rayshell")
    found = [Contender("RayShell", tuple(_ours(spec.argv)), spec.metadata["rayshell"]["version"])]
    for name, package in (("Ray", "ray"), ("Dask", "distributed")):
        if importlib.util.find_spec(package):
            module = f"bench.tasks.{name.lower()}_program"
            found.append(Contender(name, (sys.executable, "-m", module), importlib.metadata.version(package)))
    return found


def _ours(kernel):
    """As the kernel is started, so that its driver and workers are those of notebooks."""
    jar = os.environ.get("RAYSHELL_BENCHMARKS_JAR", "")
    line = kernel[:-2]
    # The AOT cache is good for a class path that begins as its own.
    line[line.index("-cp") + 1] += os.pathsep + jar
    return [*line, "org.rayshell.benchmarks.tasks.TaskRows"]


def rows():
    """Each is measured by the program of the contender."""
    return [Row("tasks", name, about, rounds, partial(_measure, name)) for name, about, rounds in _ROWS]


def _measure(name, contender, record):
    for figure in _figures(contender, name):
        record(figure["name"], figure["value"], figure["unit"], ratio=figure["ratio"])


def _figures(contender, name):
    printed = program.run([*contender.command, name], PATIENCE)
    return [json.loads(line[len(MARK) :]) for line in printed.splitlines() if line.startswith(MARK)]
