"""A kernel that runs, and its client."""

import queue
import subprocess
import time
from dataclasses import dataclass

import psutil
from jupyter_client.manager import KernelManager

PATIENCE = 60


class NoAnswer(Exception):
    """What was waited for did not come."""


@dataclass
class Executed:
    status: str
    # Seconds from the request to the reply.
    seconds: float
    outputs: list

    def text(self):
        """What the cell printed."""
        return "".join(m["content"]["text"] for m in self.outputs if m["msg_type"] == "stream")

    def result(self):
        for message in self.outputs:
            if message["msg_type"] == "execute_result":
                return message["content"]["data"]["text/plain"]
        raise NoAnswer("no result")


class Session:
    """A kernel of its own, ended at the end of `with`."""

    def __init__(self, contender):
        self.samples = contender.samples
        self.started = time.perf_counter()
        self.manager = KernelManager(kernel_name=contender.kernel)
        self.manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = self.manager.client()
        self.client.start_channels()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        for process in self.processes():
            process.kill()
        self.manager.shutdown_kernel(now=True)

    def ready(self):
        """Waits until iopub's messages come too."""
        self.client.wait_for_ready(timeout=PATIENCE)
        return self

    def age(self):
        return time.perf_counter() - self.started

    def reply(self, request, timeout=PATIENCE, channel="shell"):
        """The answer to the request of this id."""
        receive = getattr(self.client, f"get_{channel}_msg")
        end = time.perf_counter() + timeout
        while True:
            try:
                message = receive(timeout=max(0, end - time.perf_counter()))
            except queue.Empty:
                raise NoAnswer(f"no reply in {timeout} s") from None
            if message["parent_header"].get("msg_id") == request:
                return message

    def outputs(self, request, timeout=PATIENCE, until=None):
        """What the request published: until it is idle, or a message of type `until` has come."""
        end = time.perf_counter() + timeout
        messages = []
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=max(0, end - time.perf_counter()))
            except queue.Empty:
                raise NoAnswer(f"not idle in {timeout} s", messages) from None
            if message["parent_header"].get("msg_id") != request:
                continue
            messages.append(message)
            idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
            if idle or message["msg_type"] == until:
                return messages

    def execute(self, code, timeout=PATIENCE):
        begin = time.perf_counter()
        request = self.client.execute(code)
        reply = self.reply(request, timeout)
        seconds = time.perf_counter() - begin
        return Executed(reply["content"]["status"], seconds, self.outputs(request, timeout))

    def run(self, code, timeout=PATIENCE):
        """Executes what must not fail."""
        executed = self.execute(code, timeout)
        if executed.status != "ok":
            raise NoAnswer(f"status={executed.status} of {code!r}")
        return executed

    def processes(self):
        """The kernel's process and those that it started."""
        try:
            kernel = psutil.Process(self.manager.provisioner.pid)
            return [kernel, *kernel.children(recursive=True)]
        except (psutil.NoSuchProcess, TypeError):
            return []

    def rss(self):
        """Bytes of all its processes."""
        return sum(process.memory_info().rss for process in self.processes())

    def shutdown(self, timeout):
        """Seconds from the request to the end of all its processes; None if they live on."""
        processes = self.processes()
        begin = time.perf_counter()
        self.manager.request_shutdown()
        _, alive = psutil.wait_procs(processes, timeout=timeout)
        return None if alive else time.perf_counter() - begin
