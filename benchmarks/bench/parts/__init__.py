"""What a call is made of, each part inside one JVM, by JMH. Every turn of a row is a JVM of its own."""

import json
import os
import re
import tempfile
from dataclasses import dataclass
from functools import partial

from bench import program
from bench.rows import Row

PATIENCE = 900

# The rows by their classes, and a regular expression of the class that measures it.
_ROWS = (
    ("value", "Values into bytes and back.", "ValueParts"),
    ("code", "A lambda of a cell on its way to a worker: its code, and its call there.", "CodeParts"),
    ("wire", "Messages into frames and back.", "WireParts"),
    ("scheduler", "A lease asked for, granted and given back.", "SchedulerParts"),
    ("session", "Put, get, and submit and get one at a time, with two workers.", "SessionParts"),
)
_ALLOCATED = "gc.alloc.rate.norm"


@dataclass(frozen=True)
class Contender:
    name: str
    version: str


def contenders():
    """Ours alone."""
    jar = os.path.basename(_jar())
    return [Contender("RayShell", jar.removeprefix("rayshell-benchmarks-").removesuffix(".jar"))]


def rows():
    """Each is a class of benchmarks."""
    return [Row("parts", name, about, 3, partial(_measure, benchmarks)) for name, about, benchmarks in _ROWS]


def _jar():
    return os.environ.get("RAYSHELL_BENCHMARKS_JAR", "")


def _measure(benchmarks, _contender, record):
    with tempfile.TemporaryDirectory() as folder:
        results = os.path.join(folder, "results.json")
        class_path = os.pathsep.join([_jar(), os.path.join(os.path.dirname(_jar()), "lib", "*")])
        options = ["-f", "1", "-prof", "gc", "-foe", "true", "-rf", "json", "-rff", results, rf"\.{benchmarks}\."]
        program.run(["java", "-cp", class_path, "org.openjdk.jmh.Main", *options], PATIENCE)
        with open(results, encoding="utf-8") as file:
            measured = json.load(file)
    for each in measured:
        name = _name(each)
        record(name, each["primaryMetric"]["score"], "ns", ratio=False)
        record(f"{name}: allocated", each["secondaryMetrics"][_ALLOCATED]["score"], "bytes", ratio=False)


def _name(measured):
    """The method in words, and what it is done with."""
    method = measured["benchmark"].rpartition(".")[2]
    words = re.sub("([A-Z])", lambda capital: f" {capital[1].lower()}", method)
    return " ".join([words, *measured.get("params", {}).values()])
