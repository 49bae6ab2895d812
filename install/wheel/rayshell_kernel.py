"""Java (RayShell), a Jupyter kernel: what rayshell-kernel does. The kernel itself is in share/jupyter/kernels/rayshell."""

import os
import subprocess
import sys
from importlib.metadata import files
from pathlib import Path

__version__ = "0.1.0.dev0"

USAGE = """Usage: rayshell-kernel (check | train)

  check  tells which JDK the kernel starts on, and whether its AOT caches are there
  train  makes the AOT caches, half a minute's work that the kernel's first start else does in the background:
         with them a kernel is at its first result in about half the time

Exit codes: 0 done, 1 not possible (one line says why), 2 wrong usage."""


def kernelspec():
    """The kernelspec's folder, where the wheel was installed to."""
    for file in files("rayshell") or []:
        if file.name == "kernel.json":
            return Path(file.locate()).resolve().parent
    sys.exit("rayshell-kernel: the kernelspec is gone; install again: pip install --force-reinstall rayshell-*.whl")


def main():
    what = sys.argv[1:]
    if what in (["-h"], ["--help"]):
        print(USAGE)
    elif what in (["check"], ["train"]):
        sys.exit(subprocess.run(["bash", os.fspath(kernelspec() / "start"), *what]).returncode)
    else:
        print(f"rayshell-kernel: unknown arguments {what} (see --help)", file=sys.stderr)
        sys.exit(2)
