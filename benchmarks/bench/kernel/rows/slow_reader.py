"""200 MB to a reader that pauses for 3 s: what arrives, and kernel_info on control meanwhile."""

import json
import time

import zmq

from bench.kernel.session import Session

ROUNDS = 2
PAUSE = 3
SILENCE = 10
SIZE = 200 << 20


def measure(contender, record):
    with Session(contender) as kernel:
        kernel.ready()
        kernel.run("1+1")
        # The client's own reader would hide the pause: it takes what comes into its memory.
        kernel.client.iopub_channel.stop()
        reader = reading(kernel.client.get_connection_info())
        try:
            # Not every kernel tells when a subscription has come.
            time.sleep(0.5)
            memory = kernel.rss()
            begin = time.perf_counter()
            request = kernel.client.execute(kernel.samples.print_200mb)
            waits = []
            while time.perf_counter() < begin + PAUSE:
                asked = time.perf_counter()
                info = kernel.client.session.msg("kernel_info_request", {})
                kernel.client.control_channel.send(info)
                kernel.reply(info["header"]["msg_id"], channel="control")
                waits.append(time.perf_counter() - asked)
                time.sleep(0.1)
            size, idle = taken(reader, request)
            record("200 MB, the reader pauses 3 s, until idle", time.perf_counter() - begin if idle else None, "s",
                   note=None if idle else "never idle")
            record("MB that arrived of 200", size / 2**20, "", ratio=False)
            record("kernel_info on control meanwhile, longest", 1000 * max(waits), "ms")
            record("memory gained (RSS)", max(0, kernel.rss() - memory) / 2**20, "MB")
        finally:
            reader.close(linger=0)


def reading(connection):
    """A subscriber that keeps next to nothing while it is not read."""
    reader = zmq.Context.instance().socket(zmq.SUB)
    reader.setsockopt(zmq.RCVHWM, 1)
    reader.setsockopt(zmq.RCVBUF, 64 * 1024)
    reader.subscribe(b"")
    reader.connect(f"{connection['transport']}://{connection['ip']}:{connection['iopub_port']}")
    return reader


def taken(reader, request):
    """How many bytes of text come, and whether idle does."""
    size = 0
    while reader.poll(SILENCE * 1000):
        parts = reader.recv_multipart()
        _, header, parent, _, content = parts[parts.index(b"<IDS|MSG>") + 1:][:5]
        kind = json.loads(header)["msg_type"]
        # A kernel's own welcome has no parent.
        if json.loads(parent).get("msg_id") != request:
            continue
        if kind == "stream":
            size += len(json.loads(content)["text"])
        elif kind == "status" and json.loads(content)["execution_state"] == "idle":
            return size, True
    return size, False
