"""What the programs of Ray and Dask print, as the Java program does."""

import json
import statistics
import time

from bench.tasks import MARK


def add(name, value, unit, ratio=True):
    print(MARK + json.dumps({"name": name, "value": value, "unit": unit, "ratio": ratio}), flush=True)


def seconds(runs, work):
    """Seconds that the work takes: the median of so many runs."""
    taken = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def each(count, work):
    """Work that is done so many times."""

    def all_of_it():
        for _ in range(count):
            work()

    return all_of_it
