"""What a run prints and writes."""

import json
from dataclasses import asdict


def table(record, names):
    """The medians, and how many times ours each of the others is, in Markdown."""
    ours, others = names[0], names[1:]
    head = ["", *names, *(f"{other} : {ours}" for other in others)]
    lines = [_line(head), _line(["---", *["--:"] * (len(head) - 1)])]
    for metric in record.metrics.values():
        cells = [f"{metric.name}, {metric.unit}" if metric.unit else metric.name]
        cells += [_shown(metric, name) for name in names]
        cells += [_ratio(metric, ours, other) for other in others]
        lines.append(_line(cells))
    return "\n".join(lines)


def _line(cells):
    return "| " + " | ".join(cells) + " |"


def _shown(metric, name):
    median, note = metric.median(name), metric.notes.get(name)
    if median is None:
        return note or "–"
    return f"{_number(median)} ({note})" if note else _number(median)


def _number(value):
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def _ratio(metric, ours, other):
    mine, theirs = metric.median(ours), metric.median(other)
    if not metric.ratio or mine is None or theirs is None or mine <= 0:
        return ""
    return _number(theirs / mine)


def write(path, machine, versions, record):
    """Every sample, in JSON."""
    content = {
        "machine": machine,
        "versions": versions,
        "metrics": [asdict(metric) for metric in record.metrics.values()],
        "failures": record.failures,
    }
    with open(path, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1, ensure_ascii=False)
        file.write("\n")
