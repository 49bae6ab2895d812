"""A task with an argument of 1 MB by ref."""

from bench.tasks import row

ROUNDS = 5
measure = row("arguments")
