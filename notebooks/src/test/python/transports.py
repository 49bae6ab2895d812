"""A kernel and Jupyter's client over a transport: transports.py tcp|ipc plain|curve. Fails by an exception."""

import os
import sys
import tempfile
import time

from jupyter_client.manager import KernelManager

TIMEOUT = 60


def result(client, code):
    outputs = []
    reply = client.execute_interactive(code, timeout=TIMEOUT, output_hook=outputs.append, allow_stdin=False)
    assert reply["content"]["status"] == "ok", reply["content"]
    return [o["content"]["data"]["text/plain"] for o in outputs if o["msg_type"] == "execute_result"]


def ask(client, channel, receive, kind, content=None, subshell=None):
    message = client.session.msg(kind, content or {})
    if subshell:
        message["header"]["subshell_id"] = subshell
    channel.send(message)
    while True:
        reply = receive(timeout=TIMEOUT)
        if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
            return reply["content"]


def converse(client):
    assert result(client, "1 + 1") == ["2"]
    created = ask(client, client.control_channel, client.get_control_msg, "create_subshell_request")
    assert created["status"] == "ok", created
    subshell = created["subshell_id"]
    # The main shell waits for what only a subshell can do.
    assert result(client, "var gate = new CountDownLatch(1); 0") == ["0"]
    waiting = client.execute("gate.await(); 7")
    reply = ask(
        client,
        client.shell_channel,
        client.get_shell_msg,
        "execute_request",
        {"code": "gate.countDown();", "silent": False, "store_history": True, "allow_stdin": False},
        subshell,
    )
    assert reply["status"] == "ok", reply
    while client.get_iopub_msg(timeout=TIMEOUT)["parent_header"].get("msg_id") != waiting:
        pass
    listed = ask(client, client.control_channel, client.get_control_msg, "list_subshell_request")
    assert listed["subshell_id"] == [subshell], listed
    deadline = time.monotonic() + TIMEOUT
    while not client.hb_channel.is_beating():
        assert time.monotonic() < deadline, "no heartbeat"
        time.sleep(0.1)


def main(transport, encryption):
    manager = KernelManager(kernel_name="rayshell", transport=transport)
    if encryption == "curve":
        if not hasattr(manager, "transport_encryption"):
            print("this jupyter_client does not encrypt")
            return
        manager.transport_encryption = "required"
    # Paths of Unix sockets have to be short.
    with tempfile.TemporaryDirectory(prefix="rs") as folder:
        if transport == "ipc":
            manager.ip = os.path.join(folder, "k")
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=TIMEOUT)
            assert (getattr(manager, "curve_publickey", None) is not None) == (encryption == "curve")
            converse(client)
        finally:
            client.stop_channels()
            manager.shutdown_kernel()
        assert os.listdir(folder) == [], os.listdir(folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
