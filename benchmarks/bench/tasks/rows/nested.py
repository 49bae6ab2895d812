"""A task that submits 100 others and gets them."""

from bench.tasks import row

ROUNDS = 5
measure = row("nested")
