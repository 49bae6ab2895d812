"""Jupyter kernels, by a client as Jupyter's own front ends use it."""

import importlib
import importlib.metadata
from dataclasses import dataclass

from jupyter_client.kernelspec import KernelSpecManager

from bench.kernel.samples import JAVA, PYTHON, Samples
from bench.rows import Row


@dataclass(frozen=True)
class Contender:
    name: str
    # Of its kernelspec.
    kernel: str
    samples: Samples
    version: str


def contenders():
    """Ours first, then those that are installed."""
    all_of_them = [
        ("RayShell", "rayshell", JAVA, None),
        ("ipykernel", "python3", PYTHON, "ipykernel"),
        ("JJava", "java", JAVA, "jjava"),
    ]
    installed = KernelSpecManager().find_kernel_specs()
    return [
        Contender(name, kernel, samples, _version(kernel, package))
        for name, kernel, samples, package in all_of_them
        if kernel in installed
    ]


def rows():
    """Each module that the package `rows` names is one; the first line of its docstring says what it is."""
    package = importlib.import_module("bench.kernel.rows")
    found = []
    for name in package.ROWS:
        row = importlib.import_module(f"{package.__name__}.{name}")
        found.append(Row("kernel", name, row.__doc__.strip().splitlines()[0], row.ROUNDS, row.measure))
    return found


def _version(kernel, package):
    if package:
        return importlib.metadata.version(package)
    return KernelSpecManager().get_kernel_spec(kernel).metadata["rayshell"]["version"]
