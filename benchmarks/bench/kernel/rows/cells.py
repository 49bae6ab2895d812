"""Short cells in a kernel that is warm: `1+1`, a method."""

from bench.kernel.session import Session
from bench.record import percentile

ROUNDS = 3
WARM_UP = 30


def measure(contender, record):
    with Session(contender) as kernel:
        kernel.ready()
        seconds = [kernel.run("1+1").seconds for _ in range(WARM_UP + 200)][WARM_UP:]
        record("`1+1`, p50", 1000 * percentile(seconds, 50), "ms")
        record("`1+1`, p99", 1000 * percentile(seconds, 99), "ms")
        method = kernel.samples.method
        seconds = [kernel.run(method.format(i=i)).seconds for i in range(10 + 50)][10:]
        record("define a method, p50", 1000 * percentile(seconds, 50), "ms")
