"""10,000 refs on display while their tasks run: what of the driver's CPU drawing them takes."""

import time

import psutil

from bench.kernel.session import Session

ROUNDS = 3
# Compiled by then, and what the start has left behind is done.
SETTLED = 20
WATCHED = 30
SETUP = (
    "Ray.init(RayOptions.create().numCpus(2).dashboardPort(0));",
    "@Remote int nap(int ms) throws Exception { Thread.sleep(ms); return ms; }",
    "Ray.get(List.of(nap.remote(1), nap.remote(1)));",
    "var naps = IntStream.range(0, 10_000).mapToObj(i -> nap.remote(200)).toList();",
)


def measure(contender, record):
    if contender.name != "RayShell":
        return
    with Session(contender) as kernel:
        kernel.ready()
        for cell in SETUP:
            kernel.run(cell)
        # Off, on, off: as many tasks end in each, and the JIT compiler has ever less to do.
        before = watched(kernel)
        kernel.run("naps")
        on = watched(kernel)
        kernel.run("Ray.shutdown();")
    record("driver's CPU without a display", before, "%", ratio=False)
    record("driver's CPU with 10,000 refs on display", on, "%", ratio=False)
    record("what the display takes", on - before, "%", ratio=False)


def watched(kernel):
    """Percent of one CPU."""
    driver = psutil.Process(kernel.manager.provisioner.pid)
    time.sleep(SETTLED)
    before = cpu(driver)
    time.sleep(WATCHED)
    return 100 * (cpu(driver) - before) / WATCHED


def cpu(process):
    times = process.cpu_times()
    return times.user + times.system
