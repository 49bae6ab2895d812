"""Waiting for 1,000 tasks one by one."""

from bench.tasks import row

ROUNDS = 5
measure = row("waits")
