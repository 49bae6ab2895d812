"""Runs the rows in turns, and prints how they went."""

import argparse
import sys
import time

from bench import machine, report
from bench.record import Record
from bench.rows import GROUPS, chosen, contenders, rows


def main():
    options = parse()
    if options.groups:
        print(*sorted({row.group for row in chosen(options.rows)}))
        return 0
    if options.list:
        for row in rows():
            print(f"{row.group:8} {row.name:12} {row.about}")
        for group in GROUPS:
            print(f"{group:8} of {', '.join(c.name for c in contenders(group))}")
        return 0
    try:
        wanted = chosen(options.rows)
    except LookupError as unknown:
        return misuse(unknown.args[0])
    where = machine.describe()
    record = Record()
    tables = []
    versions = {}
    for group in dict.fromkeys(row.group for row in wanted):
        everybody = contenders(group)
        if not everybody:
            print(f"{group} is left out: what it needs cannot be had here")
            continue
        them = [c for c in everybody if not options.only or c.name in options.only]
        if not them:
            return misuse(f"--only leaves nobody of {', '.join(c.name for c in everybody)}")
        part = Record()
        turns([row for row in wanted if row.group == group], them, options.rounds, part)
        versions.update({c.name: c.version for c in them})
        tables.append(report.table(part, [c.name for c in them]))
        record.metrics.update(part.metrics)
        record.failures += part.failures
    print()
    print(machine.line(where))
    print(", ".join(f"{name} {version}" for name, version in versions.items()))
    for lines in tables:
        print()
        print(lines)
    for failure in record.failures:
        print(f"benchmarks/run: {failure['row']} of {failure['contender']}: {failure['why']}", file=sys.stderr)
    if options.json:
        report.write(options.json, where, versions, record)
    return 1 if record.failures else 0


def misuse(why):
    print(f"benchmarks/run: {why} (see --help)", file=sys.stderr)
    return 2


def parse():
    parser = argparse.ArgumentParser(prog="benchmarks/run", add_help=False)
    parser.add_argument("rows", nargs="*")
    parser.add_argument("--json")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", type=lambda names: names.split(","))
    parser.add_argument("--list", action="store_true")
    # For benchmarks/run, which makes what they need.
    parser.add_argument("--groups", action="store_true")
    return parser.parse_args()


def turns(wanted, them, rounds, record):
    """Contenders take turns, so that what else the machine does hits all alike."""
    for turn in range(rounds):
        for row in wanted:
            if turn >= row.rounds:
                continue
            # Nobody is always the first.
            first = turn % len(them)
            for contender in them[first:] + them[:first]:
                print(f"{turn + 1}/{min(rounds, row.rounds)} {row.name} of {contender.name}", end="", flush=True)
                begin = time.monotonic()
                try:
                    row.measure(contender, record.of(row.name, contender.name))
                except Exception as e:  # pylint: disable=broad-except
                    # The others go on, and the end tells.
                    record.failed(row.name, contender.name, f"{type(e).__name__}: {e}")
                    print("  FAILED", end="")
                print(f"  {time.monotonic() - begin:.1f} s", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
