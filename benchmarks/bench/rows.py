"""What can be measured.

A group is a package here. Its `contenders()` are those measured, ours first, with name and version; its `rows()` are what is measured,
in the order of the table. A row's `rounds` is how many turns it has at most, and its `measure(contender, record)` makes one turn.
"""

import importlib
from dataclasses import dataclass
from typing import Callable

GROUPS = ("kernel", "tasks", "parts", "cluster")


@dataclass(frozen=True)
class Row:
    group: str
    name: str
    about: str
    rounds: int
    measure: Callable


def contenders(group):
    return importlib.import_module(f"bench.{group}").contenders()


def rows():
    """All rows, in the order of the tables."""
    return [row for group in GROUPS for row in importlib.import_module(f"bench.{group}").rows()]


def chosen(names):
    """The rows of these names or groups, all if there are none; LookupError for a name that is nothing's."""
    every = rows()
    if not names:
        return every
    for name in names:
        if not any(name in (row.name, row.group) for row in every):
            raise LookupError(f"no row or group {name!r}; there are: {', '.join([*GROUPS, *(row.name for row in every)])}")
    return [row for row in every if row.name in names or row.group in names]
