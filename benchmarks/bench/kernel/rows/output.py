"""Much output: 100,000 lines and a print of 20 MB, until the kernel is idle, and how much of it arrived."""

import time

from bench.kernel.session import NoAnswer, Session

ROUNDS = 3
# Kernels that lose the status too are waited for so long, after the reply.
LOST = 5


def measure(contender, record):
    with Session(contender) as kernel:
        kernel.ready()
        kernel.run("1+1")
        seconds, text, note = printed(kernel, kernel.samples.lines)
        record("100,000 lines until idle", seconds, "s", note)
        record("lines that arrived", text.count("\n"), "", ratio=False)
    with Session(contender) as kernel:
        kernel.ready()
        kernel.run("1+1")
        seconds, text, note = printed(kernel, kernel.samples.print_20mb)
        record("20 MB in one print until idle", seconds, "s", note)
        record("MB that arrived", len(text) / 2**20, "", ratio=False)


def printed(kernel, code):
    """Seconds, the text, and what is to be noted of it."""
    begin = time.perf_counter()
    request = kernel.client.execute(code)
    messages = []
    try:
        messages = kernel.outputs(request, timeout=LOST + 10)
        seconds, note = time.perf_counter() - begin, None
    except NoAnswer as silence:
        messages = silence.args[1]
        seconds, note = None, "never idle"
    return seconds, "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream"), note
