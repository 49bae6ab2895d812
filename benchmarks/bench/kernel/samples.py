"""The same cells in two languages."""

from dataclasses import dataclass
from typing import Optional, Tuple


@dataclass(frozen=True)
class Samples:
    # With the number of the cell in place of {i}.
    method: str
    mixed: Tuple[str, ...]
    complete: Tuple[str, ...]
    inspect: str
    is_complete: str
    # Print a line first, and then never end, nor come back from library code but in the first.
    spin: str
    sleep: str
    library: str
    accept: str
    regex: str
    lines: str
    print_20mb: str
    print_200mb: str
    # Bytes in use after a collection; None where there is no telling.
    heap: Optional[str]


JAVA = Samples(
    method="int method{i}(int x) {{ return x + {i}; }}",
    mixed=(
        "{i} + 1",
        "int number{i} = {i};",
        "int function{i}(int x) {{ return x + {i}; }}",
        "long sum = 0; for (int k = 0; k < 100; k++) sum += k * {i};",
        "record Pair{i}(int left, String right) {{}}",
        'var text{i} = "text " + {i};',
        "System.out.println({i});",
        "int again(int x) {{ return x * {i}; }}",
        "List.of({i}, 2, 3).stream().mapToInt(n -> n * 2).sum()",
        "again(3)",
    ),
    complete=('"abc".sub', "System.out.pri"),
    inspect='"abc".substring(',
    is_complete="for (int i = 0; i < 3; i++) {",
    spin='System.out.println("on"); while (true) {}',
    sleep='System.out.println("on"); Thread.sleep(600_000);',
    library='System.out.println("on"); java.util.stream.LongStream.range(0, Long.MAX_VALUE).sum()',
    accept='System.out.println("on"); new java.net.ServerSocket(0).accept();',
    regex='System.out.println("on"); "a".repeat(60).concat("b").matches("((a|aa)+)+c")',
    lines='for (int i = 0; i < 100_000; i++) System.out.println("line " + i);',
    print_20mb='System.out.print("x".repeat(20 << 20));',
    print_200mb='String line = "x".repeat(1023); for (int i = 0; i < 200 * 1024; i++) System.out.println(line);',
    heap="System.gc(); java.lang.management.ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()",
)

PYTHON = Samples(
    method="def method{i}(x):\n    return x + {i}",
    mixed=(
        "{i} + 1",
        "number{i} = {i}",
        "def function{i}(x):\n    return x + {i}",
        "sum = 0\nfor k in range(100):\n    sum += k * {i}",
        "class Pair{i}:\n    def __init__(self, left, right):\n        self.left, self.right = left, right",
        'text{i} = "text " + str({i})',
        "print({i})",
        "def again(x):\n    return x * {i}",
        "[n * 2 for n in [{i}, 2, 3]]",
        "again(3)",
    ),
    complete=('"abc".spl', "sys.stdout.wri"),
    inspect="str.split",
    is_complete="for i in range(3):",
    spin='print("on", flush=True)\nwhile True: pass',
    sleep='import time\nprint("on", flush=True)\ntime.sleep(600)',
    library='print("on", flush=True)\nsum(range(10 ** 18))',
    accept='import socket\nprint("on", flush=True)\nsocket.create_server(("127.0.0.1", 0)).accept()',
    regex='import re\nprint("on", flush=True)\nre.match("((a|aa)+)+c", "a" * 60 + "b")',
    lines='for i in range(100_000): print("line", i)',
    print_20mb='print("x" * (20 << 20), end="")',
    print_200mb='line = "x" * 1023\nfor i in range(200 * 1024): print(line)',
    heap=None,
)
