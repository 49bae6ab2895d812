"""Somebody at jupyter console: console.py. Fails by an exception."""

import os
import re
import signal
import sys

import pexpect

TIMEOUT = 60
# Colours, and what moves the cursor.
ESCAPES = r"(?:\x1b\[[0-9;?]*[A-Za-z])*"
CTRL_C = "\x03"
CTRL_D = "\x04"
ENTER = "\r"


def pattern(text):
    """Matches the text as a terminal gets it, with escapes anywhere."""
    return ESCAPES.join(re.escape(c) for c in text)


class Console:
    def __init__(self):
        self.terminal = pexpect.spawn(
            sys.executable,
            # On a busy machine a kernel that has just started may think for longer than the second it is given.
            ["-m", "jupyter_console", "--kernel", "rayshell", f"--ZMQTerminalInteractiveShell.kernel_is_complete_timeout={TIMEOUT}"],
            # Nobody answers where the cursor is.
            env={**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
            encoding="utf-8",
            timeout=TIMEOUT,
            dimensions=(40, 120),
        )

    def sees(self, *texts):
        """The texts come, in this order."""
        for text in texts:
            self.terminal.expect(pattern(text))

    def types(self, text):
        self.terminal.send(text)


def main():
    console = Console()
    try:
        console.sees("In [1]: ")
        console.types("1 + 2" + ENTER)
        console.sees("Out[1]: 3", "In [2]: ")
        # Enter goes on where the code does, with an indent.
        console.types("int twice(int n) {" + ENTER)
        console.sees("...: ")
        console.types("return 2 * n;" + ENTER + "}" + ENTER)
        console.sees("In [3]: ")
        console.types("twice(21)" + ENTER)
        console.sees("Out[3]: 42", "In [4]: ")
        # Code that cannot be right is sent too, or nobody would see why.
        console.types("int x = ;" + ENTER)
        console.sees("illegal start of expression", "In [5]: ")
        console.types('System.out.println("spins " + twice(1)); while (true) {}' + ENTER)
        console.sees("spins 2")
        console.terminal.send(CTRL_C)
        console.sees("In [6]: ")
        console.types("twice(4)" + ENTER)
        console.sees("Out[6]: 8", "In [7]: ")
        # What a cell reads is typed here.
        console.types('System.out.println("wh" + "o?"); var name = new Scanner(System.in).nextLine();' + ENTER)
        console.sees("who?")
        console.types("Ada" + ENTER)
        console.sees("In [8]: ")
        console.types("name" + ENTER)
        console.sees("Out[8]: Ada", "In [9]: ")
        console.types("twi\t")
        console.sees("twice(")
        console.types(CTRL_C)
        console.types(CTRL_D)
        console.sees("Do you really want to exit")
        console.types("y" + ENTER)
        console.sees("Shutting down kernel")
        console.terminal.expect(pexpect.EOF)
        console.terminal.close()
        assert console.terminal.exitstatus == 0, console.terminal
    except BaseException:
        print(console.terminal, file=sys.stderr)
        raise
    finally:
        if console.terminal.isalive():
            console.terminal.kill(signal.SIGKILL)
            console.terminal.close()


main()
