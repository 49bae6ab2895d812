"""From the start of the process to kernel_info and to the first `1+1`; memory then; the shutdown of an idle and of a busy kernel."""

import time

from bench.kernel.session import Session

ROUNDS = 5
# What starts in the background is part of the memory.
SETTLED = 1
GIVEN_UP = 10


def measure(contender, record):
    with Session(contender) as kernel:
        kernel.reply(kernel.client.kernel_info())
        record("start to kernel_info", kernel.age(), "s")
        kernel.reply(kernel.client.execute("1+1"))
        record("start to first `1+1`", kernel.age(), "s")
        time.sleep(SETTLED)
        record("memory after the first cell (RSS)", kernel.rss() / 2**20, "MB")
        ended(kernel, "shutdown", record)
    with Session(contender) as kernel:
        kernel.ready()
        kernel.outputs(kernel.client.execute(kernel.samples.spin), until="stream")
        ended(kernel, "shutdown while a cell spins", record)


def ended(kernel, name, record):
    seconds = kernel.shutdown(GIVEN_UP)
    record(name, seconds, "s", note=None if seconds else f"not in {GIVEN_UP} s")
