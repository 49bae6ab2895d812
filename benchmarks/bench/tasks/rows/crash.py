"""A worker that dies, until its task's second try has returned."""

from bench.tasks import row

ROUNDS = 5
measure = row("crash")
