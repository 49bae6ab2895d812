"""The rows on Dask: python -m bench.tasks.dask_program ROW. What it has nothing for is left out."""

import statistics
import sys
import time

import numpy
from distributed import Client, LocalCluster, get_client, secede, wait

from bench.tasks.figures import add, each, seconds


def noop(n=0):
    return n


def submits_and_gets(count):
    client = get_client()
    secede()
    return len(client.gather([client.submit(noop, i, pure=False) for i in range(count)]))


def length(value):
    return len(value)


def calls(client):
    count = 200

    def call():
        client.submit(noop, 1, pure=False).result()

    add("submit + get, the first 1,000", 1e6 * seconds(1, each(1000, call)) / 1000, "µs a task")
    one_by_one = each(count, call)
    add("submit + get, one at a time", 1e6 * seconds(3, one_by_one) / count, "µs a task")
    for many in (1_000, 10_000):
        runs = 1 if many > 1_000 else 3
        taken = seconds(runs, lambda many=many: client.gather(client.map(noop, range(many), pure=False)))
        add(f"{many:,} at once", 1e6 * taken / many, "µs a task")


def values(client):
    count = 50
    add("put a small value", 1e6 * seconds(3, each(count, lambda: client.scatter(7, hash=False))) / count, "µs")
    seven = client.scatter(7, hash=False)
    add("get a small value", 1e6 * seconds(3, each(count, seven.result)) / count, "µs")
    large = numpy.frombuffer(numpy.random.bytes(100_000_000), dtype=numpy.uint8)
    add("put 100 MB", 1e3 * seconds(3, lambda: client.scatter(large, hash=False)), "ms")
    future = client.scatter(large, hash=False)
    add("get 100 MB", 1e3 * seconds(3, future.result), "ms")


def arguments(client):
    megabyte = client.scatter(numpy.zeros(1_000_000, numpy.uint8), hash=False)
    many, some = 500, 50

    def at_once():
        client.gather([client.submit(length, megabyte, pure=False) for _ in range(many)])

    add("1 MB argument by ref, 500 at once", 1e6 * seconds(3, at_once) / many, "µs a task")
    one_by_one = each(some, lambda: client.submit(length, megabyte, pure=False).result())
    add("1 MB argument by ref, one at a time", 1e6 * seconds(3, one_by_one) / some, "µs a task")


def waits(client):
    taken = []
    for _ in range(3):
        left = client.map(noop, range(1000), pure=False)
        begin = time.perf_counter()
        while left:
            left = list(wait(left, return_when="FIRST_COMPLETED").not_done)
        taken.append(time.perf_counter() - begin)
    add("wait for 1,000, one by one", 1e3 * statistics.median(taken), "ms")


def nested(client):
    add(
        "a task submits 100 and gets",
        1e3 * seconds(3, lambda: client.submit(submits_and_gets, 100, pure=False).result()),
        "ms",
    )


def nothing(_):
    """No figure."""


def main():
    begin = time.perf_counter()
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            client.submit(noop, 0, pure=False).result()
            if sys.argv[1] == "init":
                add("init to first result", time.perf_counter() - begin, "s")
            else:
                globals().get(sys.argv[1], nothing)(client)


if __name__ == "__main__":
    main()
