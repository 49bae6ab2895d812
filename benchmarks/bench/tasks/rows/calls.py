"""Tasks that do nothing: one at a time, and 1,000 to 100,000 at once."""

from bench.tasks import row

ROUNDS = 5
measure = row("calls")
