"""The same after 2,000 mixed cells, and by how much memory has grown."""

from bench.kernel.session import Session
from bench.record import percentile

ROUNDS = 1
CELLS = 2000
# Growth is counted from here: the first cells load classes.
FIRST = 200


def measure(contender, record):
    with Session(contender) as kernel:
        kernel.ready()
        mixed = kernel.samples.mixed

        def cells(numbers):
            for i in numbers:
                kernel.run(mixed[i % len(mixed)].format(i=i))

        cells(range(FIRST))
        heap, rss = live(kernel), kernel.rss()
        cells(range(FIRST, CELLS))
        seconds = [kernel.run("1+1").seconds for _ in range(50)]
        record("`1+1` after 2,000 cells, p50", 1000 * percentile(seconds, 50), "ms")
        seconds = [kernel.run(kernel.samples.method.format(i=i)).seconds for i in range(50)]
        record("define a method after 2,000 cells, p50", 1000 * percentile(seconds, 50), "ms")
        if heap is not None:
            record("live heap, growth per cell", (live(kernel) - heap) / 1024 / (CELLS - FIRST), "KB")
        record("RSS, growth per cell", (kernel.rss() - rss) / 1024 / (CELLS - FIRST), "KB")


def live(kernel):
    if not kernel.samples.heap:
        return None
    # The second collection frees what the first has made reachable from finalizers and soft references only.
    kernel.run(kernel.samples.heap)
    return int(kernel.run(kernel.samples.heap).result())
