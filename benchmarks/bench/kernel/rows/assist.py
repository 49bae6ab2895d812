"""What a front end asks while somebody types: completion, inspection, is_complete."""

import time

from bench.kernel.session import Session
from bench.record import percentile

ROUNDS = 3
# A word or two of typing: a JIT compiler is still busy with the kernel before.
WARM_UP = 50
ASKED = 150


def measure(contender, record):
    with Session(contender) as kernel:
        kernel.ready()
        kernel.run("1+1")
        client, samples = kernel.client, kernel.samples
        if "sys." in samples.complete[1]:
            kernel.run("import sys")
        asked = [
            ('complete `"abc".sub`', lambda: client.complete(samples.complete[0], len(samples.complete[0]))),
            ("complete `System.out.pri`", lambda: client.complete(samples.complete[1], len(samples.complete[1]))),
            ("inspect (signature)", lambda: client.inspect(samples.inspect, len(samples.inspect))),
            ("is_complete", lambda: client.is_complete(samples.is_complete)),
        ]
        for name, ask in asked:
            record(name, 1000 * percentile(list(seconds(kernel, ask))[WARM_UP:], 50), "ms")


def seconds(kernel, ask):
    for _ in range(WARM_UP + ASKED):
        begin = time.perf_counter()
        reply = kernel.reply(ask())["content"]
        yield time.perf_counter() - begin
        if reply.get("status") == "error" or reply.get("matches") == []:
            raise ValueError(f"a useless answer: {reply}")
