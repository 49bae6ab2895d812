"""Drivers of a Ray cluster: our gateway beside Ray's own driver in Java, on one head of two CPUs, which is started for the first turn
and ended after the last. Every turn has a process of its own, which prints its figures."""

import atexit
import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from bench import program
from bench.rows import Row
from bench.tasks import MARK

PATIENCE = 600
_PACKAGE = "org.rayshell.benchmarks.cluster"
_OPENED = [f"--add-opens=java.base/java.{name}=ALL-UNNAMED" for name in ("lang", "math", "util", "util.concurrent", "net", "text", "io")]
_FLAGS = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", *_OPENED]
_ADDRESS = re.compile("ray start --address='([^']+)'")
_started = {}


@dataclass(frozen=True)
class Contender:
    name: str
    version: str
    # Of the head's address, its command.
    command: Callable


def contenders():
    """Ours first; nobody without Ray."""
    if not importlib.util.find_spec("ray"):
        return []
    ray = importlib.metadata.version("ray")
    return [Contender("RayShell", f"on Ray {ray}", _ours), Contender("Ray Java", ray, _theirs)]


def rows():
    """The one of all that a driver does most."""
    return [Row("cluster", "echo", "A task of one CPU that returns its 100 bytes: one at a time, and 10,000 at once.", 5, _measure)]


def _jar():
    return os.path.join(os.path.dirname(importlib.util.find_spec("ray").origin), "jars", "ray_dist.jar")


def _own():
    jar = Path(os.environ.get("RAYSHELL_BENCHMARKS_JAR", ""))
    return os.pathsep.join([str(jar), *sorted(str(each) for each in (jar.parent / "lib").glob("*.jar"))])


def _ours(address):
    return ["java", "--enable-preview", *_FLAGS, "-cp", _own(), f"{_PACKAGE}.GatewayRow", address, _jar()]


def _theirs(address):
    jar = os.environ.get("RAYSHELL_BENCHMARKS_JAR", "")
    workers = [f"-Dray.job.jvm-options.{i}={flag}" for i, flag in enumerate(_OPENED)]
    place = [f"-Dray.address={address}", f"-Dray.job.code-search-path={jar}", "-Dray.logging.level=WARN"]
    return ["java", *_FLAGS, *workers, *place, "-cp", os.pathsep.join([jar, _jar()]), f"{_PACKAGE}.RayRow"]


def _measure(contender, record):
    printed = program.run(contender.command(_head()), PATIENCE)
    for line in printed.splitlines():
        if line.startswith(MARK):
            figure = json.loads(line[len(MARK) :])
            record(figure["name"], figure["value"], figure["unit"], ratio=figure["ratio"])


def _head():
    """The address of the head; starts it if that is not up."""
    if "address" not in _started:
        folder = tempfile.mkdtemp(prefix="rb", dir="/tmp")
        atexit.register(_end, folder)
        _started["log"] = os.path.join(folder, "head.log")
        command = [os.path.join(os.path.dirname(sys.executable), "ray"), "start", "--head", "--block", "--port=0", "--num-cpus=2"]
        more = ["--include-dashboard=false", f"--temp-dir={folder}", "--disable-usage-stats", "--log-color=false"]
        with open(_started["log"], "w", encoding="utf-8") as log:
            _started["process"] = subprocess.Popen(
                [*command, *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )
        for line in _started["process"].stdout:
            found = _ADDRESS.search(line)
            if found:
                _started["address"] = found.group(1)
            if "now block forever" in line:
                break
        if "address" not in _started:
            raise program.Failed("ray start --head has ended")
    return _started["address"]


def _end(folder):
    """The head takes its processes along when it is told to end."""
    process = _started.get("process")
    if process is not None:
        process.terminate()
        process.communicate(timeout=60)
    shutil.rmtree(folder, ignore_errors=True)
