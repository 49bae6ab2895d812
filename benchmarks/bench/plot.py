"""Draws the results of the row `pending`: python -m bench.plot RESULTS OUT makes OUT-light.svg and OUT-dark.svg."""

import json
import re
import statistics
import sys

import matplotlib

matplotlib.use("svg")
# Text stays text, and the same results make the same file.
matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "rayshell", "font.family": "sans-serif", "font.size": 10})

from matplotlib import pyplot  # noqa: E402  pylint: disable=wrong-import-position

_METRIC = re.compile(r"([\d,]+) pending(?:, (\w+))?")
# Told apart by their marks, too.
_MARKS = {"RayShell": "o", "Ray": "s"}
_THEMES = {
    "light": {"ink": "#1f2328", "grid": "#d1d9e0", "RayShell": "#0969da", "Ray": "#bc4c00"},
    "dark": {"ink": "#e6edf3", "grid": "#3d444d", "RayShell": "#58a6ff", "Ray": "#f0883e"},
}


def main(results, out):
    with open(results, encoding="utf-8") as file:
        content = json.load(file)
    metrics = _metrics(content)
    if not metrics:
        raise LookupError(f"no row `pending` in {results}: benchmarks/run pending --json {results} makes one")
    for theme, colours in _THEMES.items():
        _draw(metrics, _caption(content), colours, f"{out}-{theme}.svg")


def _metrics(content):
    """Points (tasks, median) by the kind of the figure and the contender."""
    metrics = {}
    for metric in content["metrics"]:
        found = _METRIC.fullmatch(metric["name"]) if metric["row"] == "pending" else None
        if not found:
            continue
        for contender, samples in metric["samples"].items():
            line = metrics.setdefault((found[2] or "time", contender), [])
            line.append((int(found[1].replace(",", "")), statistics.median(samples)))
    return metrics


def _caption(content):
    versions = ", ".join(f"{name} {version}" for name, version in content["versions"].items() if name in _MARKS)
    return "{date}, {cores} cores, {memory_gb} GB, {system}, load {load}".format(**content["machine"]) + f"; {versions}"


def _draw(metrics, caption, colours, path):
    figure, (time, memory) = pyplot.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    figure.patch.set_alpha(0)
    for (kind, contender), points in sorted(metrics.items(), key=lambda line: list(_MARKS).index(line[0][1])):
        axes = time if kind == "time" else memory
        points = [(tasks, value) for tasks, value in sorted(points) if value > 0 and (kind != "RSS" or tasks > 1_000)]
        label = contender if kind == "time" else f"{contender}, {kind}"
        axes.plot(
            *zip(*points),
            marker=_MARKS[contender],
            linestyle="--" if kind == "heap" else "-",
            color=colours[contender],
            label=label,
        )
    _label(time, "Time of each task, µs", 1, colours)
    _label(memory, "Memory of the driver for each, bytes", 10, colours)
    figure.supxlabel(caption, color=colours["ink"], fontsize=8)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def _label(axes, title, bottom, colours):
    axes.set_title(title, color=colours["ink"], fontsize=11)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("tasks that wait at once", color=colours["ink"])
    axes.set_xticks([1_000, 10_000, 100_000, 1_000_000], ["1,000", "10,000", "100,000", "1,000,000"])
    # Room for the legend, and for what is on the edge.
    axes.set_ylim(bottom, axes.get_ylim()[1] * 2)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.tick_params(which="both", colors=colours["ink"])
    axes.grid(which="major", color=colours["grid"], linewidth=0.8)
    axes.patch.set_alpha(0)
    for spine in axes.spines.values():
        spine.set_color(colours["grid"])
    axes.legend(frameon=False, labelcolor=colours["ink"])


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (OSError, ValueError, LookupError) as why:
        print(f"benchmarks/run: {why}", file=sys.stderr)
        sys.exit(1)
