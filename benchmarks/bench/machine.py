"""Where and on what a run was."""

import os
import platform
import subprocess
import time

import psutil


def describe():
    return {
        "date": time.strftime("%Y-%m-%d"),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30),
        "system": platform.system(),
        "load": round(os.getloadavg()[0], 2),
        "java": _first_line("java", "-version"),
        "python": platform.python_version(),
        "commit": _first_line("git", "-C", os.path.dirname(__file__), "rev-parse", "--short", "HEAD"),
    }


def line(described):
    """What `describe` tells, for people."""
    return (
        "{date}: {cores} cores, {memory_gb} GB, {system}, load {load} at the start; {java}; Python {python}; commit {commit}"
    ).format(**described)


def _first_line(*command):
    try:
        ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True)
        return ended.stdout.strip().splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return "unknown"
