"""The rows on Ray: python -m bench.tasks.ray_program ROW."""

import gc
import os
import signal
import statistics
import sys
import tempfile
import time

import numpy
import psutil
import ray

from bench.tasks.figures import add, each, seconds


@ray.remote
def noop(n):
    return n


@ray.remote
def submits_and_gets(count):
    return len(ray.get([noop.remote(i) for i in range(count)]))


@ray.remote
def length(value):
    return len(value)


@ray.remote
def await_file(path):
    while not os.path.exists(path):
        time.sleep(0.0001)


@ray.remote(max_retries=3)
def stays(marker):
    if os.path.exists(marker):
        with open(marker, "w", encoding="utf-8") as file:
            print(os.getpid(), file=file)
        time.sleep(60)
    return True


@ray.remote
def compute(rounds):
    n = rounds
    for _ in range(rounds * 10_000):
        n = n * 6364136223846793005 + 1442695040888963407 & 0xFFFFFFFFFFFFFFFF
    return n


@ray.remote
def pid(_):
    time.sleep(0.2)
    return os.getpid()


def calls():
    count = 1000
    one_by_one = each(count, lambda: ray.get(noop.remote(1)))
    add("submit + get, the first 1,000", 1e6 * seconds(1, one_by_one) / count, "µs a task")
    add("submit + get, one at a time", 1e6 * seconds(3, one_by_one) / count, "µs a task")
    for many in (1_000, 10_000, 100_000):
        runs = 1 if many > 10_000 else 3
        taken = seconds(runs, lambda many=many: ray.get([noop.remote(i) for i in range(many)]))
        add(f"{many:,} at once", 1e6 * taken / many, "µs a task")


def pending():
    """To 100,000: a million would take a quarter of an hour."""
    for many in (1_000, 10_000, 100_000):
        ran = [_pending(many) for _ in range(1 if many > 10_000 else 3)]
        add(f"{many:,} pending", 1e6 * statistics.median(taken for taken, _ in ran) / many, "µs a task")
        add(f"{many:,} pending, RSS", max(grown for _, grown in ran) / many, "bytes a task")


def _pending(many):
    """How long they take, and what this process grows by, when all wait before the first runs."""
    gate = tempfile.mktemp()
    rss = psutil.Process().memory_info().rss
    busy = [await_file.remote(gate) for _ in range(2)]
    begin = time.perf_counter()
    refs = [noop.remote(i) for i in range(many)]
    taken = time.perf_counter() - begin
    gc.collect()
    grown = psutil.Process().memory_info().rss - rss
    begin = time.perf_counter()
    with open(gate, "w", encoding="utf-8"):
        pass
    ray.get(refs)
    taken += time.perf_counter() - begin
    ray.get(busy)
    os.unlink(gate)
    return taken, max(0, grown)


def values():
    count = 2000
    add("put a small value", 1e6 * seconds(3, each(count, lambda: ray.put(7))) / count, "µs")
    seven = ray.put(7)
    add("get a small value", 1e6 * seconds(5, each(count, lambda: ray.get(seven))) / count, "µs")
    thousand = [ray.put(i) for i in range(1000)]
    add("get a list of 1,000", 1e3 * seconds(9, lambda: ray.get(thousand)), "ms")
    large = numpy.frombuffer(numpy.random.bytes(100_000_000), dtype=numpy.uint8)
    add("put 100 MB", 1e3 * seconds(7, lambda: ray.put(large)), "ms")
    ref = ray.put(large)
    add("get 100 MB", 1e3 * seconds(7, lambda: ray.get(ref)), "ms")
    add("view 100 MB", 1e6 * seconds(99, lambda: ray.get(ref)), "µs")


def arguments():
    megabyte = ray.put(numpy.zeros(1_000_000, numpy.uint8))
    many, some = 500, 100

    def at_once():
        ray.get([length.remote(megabyte) for _ in range(many)])

    seconds(1, at_once)
    add("1 MB argument by ref, 500 at once", 1e6 * seconds(5, at_once) / many, "µs a task")
    one_by_one = each(some, lambda: ray.get(length.remote(megabyte)))
    add("1 MB argument by ref, one at a time", 1e6 * seconds(5, one_by_one) / some, "µs a task")
    add("1 MB view by ref, 500 at once", 1e6 * seconds(5, at_once) / many, "µs a task")


def waits():
    taken = []
    for _ in range(5):
        left = [noop.remote(i) for i in range(1000)]
        begin = time.perf_counter()
        while left:
            _, left = ray.wait(left, num_returns=1)
        taken.append(time.perf_counter() - begin)
    add("wait for 1,000, one by one", 1e3 * statistics.median(taken), "ms")
    done = [noop.remote(i) for i in range(1000)]
    ray.get(done)
    add("wait for 1,000 that are done", 1e3 * seconds(9, lambda: ray.wait(done, num_returns=1000)), "ms")


def nested():
    def call():
        ray.get(submits_and_gets.remote(100))

    seconds(3, call)
    add("a task submits 100 and gets", 1e3 * seconds(7, call), "ms")


def crash():
    marker = tempfile.mktemp()
    taken = []
    for _ in range(5):
        with open(marker, "w", encoding="utf-8"):
            pass
        result = stays.remote(marker)
        pid = ""
        while not pid.endswith("\n"):
            time.sleep(0.001)
            with open(marker, encoding="utf-8") as file:
                pid = file.read()
        os.unlink(marker)
        begin = time.perf_counter()
        os.kill(int(pid), signal.SIGKILL)
        ray.get(result)
        taken.append(time.perf_counter() - begin)
        time.sleep(1)
    add("a worker is killed, its task is retried, to the result", statistics.median(taken), "s")


def cpu():
    rounds = 100
    ray.get(compute.remote(rounds))
    ratios = []
    for _ in range(9):
        one = seconds(1, lambda: ray.get(compute.remote(rounds)))
        ratios.append(4 * one / seconds(1, lambda: ray.get([compute.remote(rounds) for _ in range(4)])))
    add("four CPU-bound tasks on two workers", statistics.median(ratios), "times one", ratio=False)


def memory():
    workers = ray.get([pid.remote(i) for i in range(2)])
    add("an idle worker (PSS)", psutil.Process(workers[0]).memory_full_info().pss / 1e6, "MB")
    gc.collect()
    me = psutil.Process()
    before = me.memory_info().rss
    held = [noop.remote(i) for i in range(100_000)]
    ray.get(held)
    gc.collect()
    add("100,000 refs held: the driver takes more", (me.memory_info().rss - before) / 1e6, "MB")
    assert len(held) == 100_000


def main():
    begin = time.perf_counter()
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    try:
        ray.get(noop.remote(0))
        if sys.argv[1] == "init":
            add("init to first result", time.perf_counter() - begin, "s")
        else:
            globals()[sys.argv[1]]()
    finally:
        ray.shutdown()


if __name__ == "__main__":
    main()
