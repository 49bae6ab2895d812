"""What qtconsole sends, in its order and without waiting, as it does: qtconsole_order.py. Fails by an exception."""

import uuid

from jupyter_client.manager import start_new_kernel

TIMEOUT = 60


class QtConsole:
    """Its client; requests carry names here."""

    def __init__(self, client):
        self.client = client
        self.names = {}

    def sends(self, name, request):
        self.names[request] = name

    def named(self, message):
        return self.names.get(message["parent_header"].get("msg_id"))

    def replies(self, *names):
        """The contents of the next replies, which answer these requests in this order."""
        contents = []
        for name in names:
            message = self.client.get_shell_msg(timeout=TIMEOUT)
            # Whoever waits for a kernel asks it again and again, and leaves answers behind.
            while self.named(message) is None:
                message = self.client.get_shell_msg(timeout=TIMEOUT)
            assert self.named(message) == name, (name, self.named(message), message)
            contents.append(message["content"])
        return contents if len(contents) > 1 else contents[0]

    def published(self, name):
        """What a request published, from busy to idle; no other request's is in between."""
        messages = []
        while True:
            message = self.client.get_iopub_msg(timeout=TIMEOUT)
            if self.named(message) is None:
                continue
            assert self.named(message) == name, (name, self.named(message), message)
            messages.append(message)
            if message["content"].get("execution_state") == "idle":
                break
        kinds = [m["msg_type"] for m in messages]
        assert kinds.count("status") == 2 and kinds[0] == "status", (name, kinds)
        assert messages[0]["content"]["execution_state"] == "busy", messages[0]
        return messages[1:-1]

    def kinds(self, name):
        return [m["msg_type"] for m in self.published(name)]


def start(qt):
    """All that it asks before the first prompt."""
    qt.sends("info", qt.client.kernel_info())
    qt.sends("history", qt.client.history(hist_access_type="tail", n=1000))
    qt.sends("prompt", qt.client.execute("", silent=True))
    info, history, prompt = qt.replies("info", "history", "prompt")
    assert info["language_info"]["name"] == "java" and info["banner"], info
    assert history["status"] == "ok" and isinstance(history["history"], list), history
    # The number of the first prompt is one more.
    assert prompt["status"] == "ok" and prompt["execution_count"] == 0, prompt
    for name in ("info", "history", "prompt"):
        assert qt.kinds(name) == [], name


def silent_expression(qt):
    key = str(uuid.uuid1())
    qt.sends("expression", qt.client.execute("", silent=True, user_expressions={key: "6 * 7", "no": "nothing.there"}))
    reply = qt.replies("expression")
    assert reply["execution_count"] == 0, reply
    assert reply["user_expressions"][key]["data"]["text/plain"] == "42", reply
    assert reply["user_expressions"]["no"]["status"] == "error", reply
    assert qt.kinds("expression") == []


def cell(qt):
    """Enter: is it complete? Then it is executed, and the next prompt's number comes from the reply."""
    code = 'System.out.println("first"); System.err.println("second"); 40 + 2'
    qt.sends("complete?", qt.client.is_complete(code))
    assert qt.replies("complete?")["status"] == "complete"
    qt.sends("cell", qt.client.execute(code, False))
    assert qt.replies("cell")["execution_count"] == 1
    assert qt.kinds("complete?") == []
    shown = qt.published("cell")
    assert [m["msg_type"] for m in shown] == ["execute_input", "stream", "stream", "execute_result"], shown
    assert [m["content"]["text"] for m in shown[1:3]] == ["first\n", "second\n"], shown
    assert shown[3]["content"]["data"]["text/plain"] == "42", shown
    qt.sends("more?", qt.client.is_complete("for (;;) {"))
    more = qt.replies("more?")
    assert more["status"] == "incomplete" and more["indent"].isspace(), more
    assert qt.kinds("more?") == []


def typing_while_busy(qt):
    """A cell waits for input, and meanwhile Tab, Shift-Tab and Enter are pressed."""
    qt.sends("reads", qt.client.execute("new Scanner(System.in).nextLine()", allow_stdin=True))
    asked = qt.client.get_stdin_msg(timeout=TIMEOUT)
    assert asked["msg_type"] == "input_request" and qt.named(asked) == "reads", asked
    qt.sends("tab", qt.client.complete('"abc".toUp', 10))
    qt.sends("tip", qt.client.inspect('"abc".length(', 13))
    qt.sends("enter", qt.client.is_complete("1 + 1"))
    qt.client.input("typed")
    reads, tab, tip, enter = qt.replies("reads", "tab", "tip", "enter")
    assert reads["status"] == "ok" and reads["execution_count"] == 2, reads
    assert any("toUpperCase" in match for match in tab["matches"]), tab
    assert (tab["cursor_start"], tab["cursor_end"]) == (6, 10), tab
    assert tip["found"] and "length" in tip["data"]["text/plain"], tip
    assert enter["status"] == "complete", enter
    shown = qt.published("reads")
    assert [m["msg_type"] for m in shown] == ["execute_input", "execute_result"], shown
    assert shown[1]["content"]["data"]["text/plain"] == "typed", shown
    for name in ("tab", "tip", "enter"):
        assert qt.kinds(name) == [], name


def failure(qt):
    """What had been sent when a cell failed is aborted, but for what is no cell; qtconsole would ask for the history again."""
    qt.sends("fails", qt.client.execute('throw new IllegalStateException("on purpose");'))
    qt.sends("after", qt.client.execute("int never = 1;"))
    qt.sends("history", qt.client.history(hist_access_type="tail", n=1000))
    fails, after, history = qt.replies("fails", "after", "history")
    assert fails["status"] == "error" and fails["execution_count"] == 3, fails
    assert after["status"] == "aborted", after
    assert [entry[2] for entry in history["history"]][-1].startswith("throw new"), history
    assert qt.kinds("fails") == ["execute_input", "error"]
    assert qt.kinds("after") == [] and qt.kinds("history") == []
    qt.sends("prompt", qt.client.execute("", silent=True))
    assert qt.replies("prompt")["execution_count"] == 3
    assert qt.kinds("prompt") == []


def pager(qt):
    """`page` is a payload that qtconsole shows in a split of its own."""
    qt.sends("pager", qt.client.execute("%pager all there is to say"))
    reply = qt.replies("pager")
    assert [p["source"] for p in reply["payload"]] == ["page"], reply
    assert "all there is to say" in reply["payload"][0]["data"]["text/plain"], reply
    assert qt.kinds("pager") == ["execute_input"]


def main():
    manager, client = start_new_kernel(kernel_name="rayshell", startup_timeout=TIMEOUT)
    try:
        qt = QtConsole(client)
        for step in (start, silent_expression, cell, typing_while_busy, failure, pager):
            step(qt)
            print(step.__name__)
    finally:
        client.stop_channels()
        manager.shutdown_kernel()


main()
