"""One thing that Jupyter does to kernels: life.py interrupt|restart|shutdown|kill. Fails by an exception."""

import os
import select
import sys
import time

import psutil
from jupyter_client.manager import start_new_kernel

TIMEOUT = 60
SPIN = 'System.out.println("spins"); while (true) {}'
INIT = "Ray.init(RayOptions.create().numCpus(2)); @Remote int twice(int n) { return 2 * n; }"


def execute(client, code):
    """The status and the outputs of a cell."""
    outputs = []
    reply = client.execute_interactive(code, timeout=TIMEOUT, output_hook=outputs.append, allow_stdin=False)
    return reply["content"], outputs


def result(client, code):
    content, outputs = execute(client, code)
    assert content["status"] == "ok", content
    return [o["content"]["data"]["text/plain"] for o in outputs if o["msg_type"] == "execute_result"]


def processes(manager):
    """The kernel, and the workers that it started."""
    kernel = psutil.Process(manager.provisioner.pid)
    workers = [p for p in kernel.children(recursive=True) if "org.rayshell.runtime.worker.WorkerMain" in p.cmdline()]
    return kernel, workers


def start_workers(manager, client):
    content, outputs = execute(client, INIT)
    assert content["status"] == "ok", content
    assert result(client, "Ray.get(twice.remote(21))") == ["42"]
    kernel, workers = processes(manager)
    assert len(workers) == 2, workers
    return kernel, workers


def gone(processes):
    """Waits for their end. That init reaps those whose parent was killed may take it a while, and is not waited for."""
    begin = time.monotonic()
    for process in processes:
        try:
            ended = os.pidfd_open(process.pid)
        except ProcessLookupError:
            continue
        with os.fdopen(ended):
            assert select.select([ended], [], [], TIMEOUT)[0], process
    print(f"{len(processes)} processes gone after {time.monotonic() - begin:.2f} s")


def interrupt(manager, client):
    assert result(client, "int kept = 7; kept") == ["7"]
    for code in [SPIN, 'System.out.println("sleeps"); Thread.sleep(600_000)']:
        request = client.execute(code)
        # Of this cell: the one before may have said on stderr that its thread needs a while.
        while True:
            message = client.get_iopub_msg(timeout=TIMEOUT)
            if message["msg_type"] == "stream" and message["parent_header"].get("msg_id") == request:
                break
        begin = time.monotonic()
        manager.interrupt_kernel()
        while True:
            reply = client.get_shell_msg(timeout=TIMEOUT)
            if reply["parent_header"].get("msg_id") == request:
                break
        assert reply["content"]["status"] == "error", reply["content"]
        print(f"interrupted after {time.monotonic() - begin:.3f} s: {reply['content']['ename']}")
    assert result(client, "kept") == ["7"]


def restart(manager, client):
    kernel, workers = start_workers(manager, client)
    manager.restart_kernel()
    gone([kernel, *workers])
    client.wait_for_ready(timeout=TIMEOUT)
    content, _ = execute(client, "twice(1)")
    assert content["status"] == "error", "the kernel was not restarted"
    start_workers(manager, client)


def shutdown(manager, client):
    kernel, workers = start_workers(manager, client)
    manager.shutdown_kernel()
    gone([kernel, *workers])


def kill(manager, client):
    kernel, workers = start_workers(manager, client)
    content = execute(client, "var busy = Ray.task(() -> { while (true) {} }).remote();")[0]
    assert content["status"] == "ok", content
    kernel.kill()
    gone(workers)


def main():
    what = {f.__name__: f for f in (interrupt, restart, shutdown, kill)}[sys.argv[1]]
    manager, client = start_new_kernel(kernel_name="rayshell", startup_timeout=TIMEOUT)
    try:
        what(manager, client)
    finally:
        client.stop_channels()
        if manager.is_alive():
            manager.shutdown_kernel()


main()
