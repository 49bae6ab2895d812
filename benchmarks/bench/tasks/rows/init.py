"""From init to the first result, in a fresh process."""

from bench.tasks import row

ROUNDS = 5
measure = row("init")
