"""Putting and getting small values and 100 MB."""

from bench.tasks import row

ROUNDS = 5
measure = row("values")
