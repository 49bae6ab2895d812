"""How much sooner two workers have done four CPU-bound tasks."""

from bench.tasks import row

ROUNDS = 3
measure = row("cpu")
