"""What can be measured: each module that the package `rows` of a group names is a row.

A group is a package here. Its `contenders()` are those measured, ours first, with name and version. A row has a docstring whose first
line says what it is, ROUNDS, how many turns it has at most, and `measure(contender, record)`, which makes one turn.
"""

import importlib
from dataclasses import dataclass
from typing import Callable

GROUPS = ("kernel", "tasks")


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
    found = []
    for group in GROUPS:
        package = importlib.import_module(f"bench.{group}.rows")
        for module in package.ROWS:
            row = importlib.import_module(f"{package.__name__}.{module}")
            found.append(Row(group, module, row.__doc__.strip().splitlines()[0], row.ROUNDS, row.measure))
    return found


def chosen(names):
    """The rows of these names or groups, all if there are none; LookupError for a name that is nothing's."""
    every = rows()
    if not names:
        return every
    for name in names:
        if not any(name in (row.name, row.group) for row in every):
            raise LookupError(f"no row or group {name!r}; there are: {', '.join([*GROUPS, *(row.name for row in every)])}")
    return [row for row in every if row.name in names or row.group in names]
