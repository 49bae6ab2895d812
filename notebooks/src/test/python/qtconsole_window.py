"""Somebody at qtconsole, in a window that no screen shows: qtconsole_window.py. Fails by an exception."""

import sys
import time

from PyQt6 import QtCore, QtTest, QtWidgets
from qtconsole.manager import QtKernelManager
from qtconsole.rich_jupyter_widget import RichJupyterWidget

TIMEOUT = 60
Key = QtCore.Qt.Key
CONTROL = QtCore.Qt.KeyboardModifier.ControlModifier


class Window:
    def __init__(self, application, manager, client):
        self.application = application
        self.widget = RichJupyterWidget()
        # As its configuration may say: completions in the text, where they can be read.
        self.widget.gui_completion = "plain"
        # On a busy machine a kernel that has just started may think for longer than the second it is given.
        self.widget._is_complete_timeout = TIMEOUT
        self.widget.kernel_manager = manager
        self.widget.kernel_client = client
        self.widget.show()
        self.seen = 0

    @property
    def page(self):
        return self.widget._control

    def waits(self, condition, what):
        end = time.monotonic() + TIMEOUT
        while not condition():
            assert time.monotonic() < end, f"no {what} in:\n{self.page.toPlainText()}"
            self.application.processEvents(QtCore.QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 1000)

    def sees(self, *texts):
        """The texts come, below what was seen before, in any order: the prompt may overtake an error, on another socket."""
        self.waits(lambda: all(text in self.page.toPlainText()[self.seen :] for text in texts), texts)
        self.seen = max(self.page.toPlainText().index(text, self.seen) + len(text) for text in texts)

    def types(self, text):
        QtTest.QTest.keyClicks(self.page, text)

    def presses(self, key, modifier=QtCore.Qt.KeyboardModifier.NoModifier):
        QtTest.QTest.keyClick(self.page, key, modifier)

    def enters(self, text):
        self.types(text)
        self.presses(Key.Key_Return)


def use(window):
    # Of the answer to an execution that is silent.
    window.sees("In [1]: ")
    window.enters("1 + 2")
    window.sees("Out[1]: 3", "In [2]: ")
    window.enters("int twice(int n) {")
    window.sees("...: ")
    window.enters("return 2 * n; }")
    window.sees("In [3]: ")
    window.types("twi")
    window.presses(Key.Key_Tab)
    window.sees("twice(")
    window.enters("21)")
    window.sees("Out[3]: 42", "In [4]: ")
    window.enters('System.out.println("spins " + twice(1)); while (true) {}')
    window.sees("spins 2")
    window.presses(Key.Key_C, CONTROL)
    window.sees("Interrupted", "In [5]: ")
    # An error that comes after the prompt, qtconsole puts behind it, as if it was typed.
    window.widget.input_buffer = ""
    window.enters('System.out.println("wh" + "o?"); var name = new Scanner(System.in).nextLine();')
    window.sees("who?\n")
    window.waits(lambda: window.widget._reading, "request for input")
    window.enters("Ada")
    window.sees("In [6]: ")
    window.enters("name + twice(4)")
    window.sees("Out[6]: Ada8", "In [7]: ")


def main():
    application = QtWidgets.QApplication(sys.argv)
    manager = QtKernelManager(kernel_name="rayshell")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        use(Window(application, manager, client))
    finally:
        client.stop_channels()
        manager.shutdown_kernel()


main()
