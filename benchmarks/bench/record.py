"""The samples of a run."""

import statistics
from dataclasses import dataclass, field


def percentile(values, percent):
    """The smallest value that so many percent are not above."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


@dataclass
class Metric:
    """One line of the table; samples by the contender's name, one for each turn."""

    row: str
    name: str
    unit: str
    # Where less is not better there is no ratio.
    ratio: bool
    samples: dict = field(default_factory=dict)
    # Why a contender lacks a sample.
    notes: dict = field(default_factory=dict)

    def median(self, contender):
        values = self.samples.get(contender)
        return statistics.median(values) if values else None


class Record:
    """All metrics, in the order in which they first came."""

    def __init__(self):
        self.metrics = {}
        self.failures = []

    def of(self, row, contender):
        """What a row calls with a metric's name, its value in the unit (None: there is none, and the note says why)."""

        def add(name, value, unit, note=None, ratio=True):
            metric = self.metrics.setdefault((row, name), Metric(row, name, unit, ratio))
            if value is not None:
                metric.samples.setdefault(contender, []).append(value)
            if note:
                metric.notes[contender] = note

        return add

    def failed(self, row, contender, why):
        self.failures.append({"row": row, "contender": contender, "why": why})
