"""The rows of this group."""

# As the table shows them.
ROWS = ("start", "cells", "long_session", "assist", "interrupt", "output", "slow_reader", "refs_on_display")
