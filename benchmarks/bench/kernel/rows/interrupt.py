"""From the interrupt to the reply of the cell that it ends, whatever that does."""

import time

from bench.kernel.session import NoAnswer, Session
from bench.record import percentile

ROUNDS = 3
REPETITIONS = 5
# The loop is machine code by then.
COMPILED = 0.5
PATIENCE = 10
KINDS = {
    "a spin": "spin",
    "a sleep": "sleep",
    "a library's loop": "library",
    "an accept": "accept",
    "a regex": "regex",
}


def measure(contender, record):
    for name, sample in KINDS.items():
        # A cell that cannot be ended spoils its kernel.
        with Session(contender) as kernel:
            kernel.ready()
            code = getattr(kernel.samples, sample)
            try:
                seconds = [interrupted(kernel, code) for _ in range(REPETITIONS)]
            except NoAnswer as silence:
                record(f"interrupt {name}", None, "ms", note=str(silence.args[0]))
                continue
            record(f"interrupt {name}", 1000 * percentile(seconds, 50), "ms")


def interrupted(kernel, code):
    request = kernel.client.execute(code)
    kernel.outputs(request, until="stream")
    time.sleep(COMPILED)
    begin = time.perf_counter()
    kernel.manager.interrupt_kernel()
    kernel.reply(request, timeout=PATIENCE)
    seconds = time.perf_counter() - begin
    kernel.outputs(request)
    return seconds
