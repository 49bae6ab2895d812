"""Memory of an idle worker, and of a driver that holds 100,000 refs."""

from bench.tasks import row

ROUNDS = 3
measure = row("memory")
