"""The kernel of a package, in the environment that it was installed into: packaged.py. Says what two cells show."""

import time

from jupyter_client.manager import start_new_kernel

TIMEOUT = 120


def result(client, code):
    outputs = []
    reply = client.execute_interactive(code, timeout=TIMEOUT, output_hook=outputs.append, allow_stdin=False)
    assert reply["content"]["status"] == "ok", reply["content"]
    return [o["content"]["data"]["text/plain"] for o in outputs if o["msg_type"] == "execute_result"]


begin = time.monotonic()
manager, client = start_new_kernel(kernel_name="rayshell", startup_timeout=TIMEOUT)
try:
    print(manager.kernel_spec.resource_dir)
    print(f"1+1 is {result(client, '1+1')} after {time.monotonic() - begin:.2f} s")
    code = "@Remote int square(int n) { return n * n; }\nRay.get(square.remote(7))"
    print(f"square(7) is {result(client, code)} after {time.monotonic() - begin:.2f} s")
finally:
    client.stop_channels()
    manager.shutdown_kernel()
