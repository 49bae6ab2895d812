"""The rows, in the order of the table; each is the programs' row of its name."""

ROWS = ("init", "calls", "waits", "nested", "values", "arguments", "crash", "cpu", "memory")
