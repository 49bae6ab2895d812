"""From the interrupt to the reply of the cell that it ends: one that spins, one that sleeps."""

import time

from bench.kernel.session import NoAnswer, Session
from bench.record import percentile

ROUNDS = 3
REPETITIONS = 5
# The loop is machine code by then.
COMPILED = 0.5


def measure(contender, record):
    with Session(contender) as kernel:
        kernel.ready()
        for name, code in (("interrupt a spin", kernel.samples.spin), ("interrupt a sleep", kernel.samples.sleep)):
            try:
                seconds = [interrupted(kernel, code) for _ in range(REPETITIONS)]
            except NoAnswer as silence:
                record(name, None, "ms", note=str(silence.args[0]))
                return
            record(name, 1000 * percentile(seconds, 50), "ms")


def interrupted(kernel, code):
    request = kernel.client.execute(code)
    kernel.outputs(request, until="stream")
    time.sleep(COMPILED)
    begin = time.perf_counter()
    kernel.manager.interrupt_kernel()
    kernel.reply(request, timeout=10)
    seconds = time.perf_counter() - begin
    kernel.outputs(request)
    return seconds
