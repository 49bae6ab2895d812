"""Jupyter's own tests for kernels, with samples in Java; CONTRIBUTING says how they are run."""

import unittest

from jupyter_kernel_test import TIMEOUT
from jupyter_kernel_test import KernelTests as Base


class RayShellKernelTests(Base):
    kernel_name = "rayshell"
    language_name = "java"
    file_extension = ".jshell"
    code_hello_world = 'System.out.println("hello, world")'
    code_stderr = 'System.err.println("oops")'
    completion_samples = [
        {"text": "System.currentT", "matches": ["currentTimeMillis()"]},
        {"text": '"abc".toUpper', "matches": ["toUpperCase()", "toUpperCase("]},
    ]
    complete_code_samples = ["1 + 1", "int x = 1;", "int f(int n) { return n; }"]
    incomplete_code_samples = ["int f(int n) {", "for (int i = 0; i < 3; i++)", '"""\ntext']
    invalid_code_samples = ["int x = ;", "1 +* / 2 )"]
    code_page_something = "%pager all there is to say"
    code_generate_error = 'throw new IllegalStateException("on purpose");'
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": '"a".repeat(3)', "result": "aaa"},
        {"code": "List.of(1, 2)", "result": "[1, 2]"},
    ]
    code_display_data = [{"code": 'display("text")', "mime": "text/plain"}]
    code_history_pattern = "1 + 2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "System.out.println"
    code_clear_output = "clearOutput(false)"

    def execute_helper(self, *arguments, **options):
        """Gives what is published longer than the tenth of a second that a busy machine may take."""
        iopub = self.kc.iopub_channel
        get = iopub.get_msg
        iopub.get_msg = lambda timeout: get(timeout=max(timeout, TIMEOUT))
        try:
            return super().execute_helper(*arguments, **options)
        finally:
            iopub.get_msg = get


# Only the subclass is to run.
del Base

if __name__ == "__main__":
    unittest.main()
