"""Notebooks by nbclient: notebooks.py FOLDER. Executes all notebooks of the folder at once, each with a kernel of its own that
starts in the folder."""

import asyncio
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def timeout(cell):
    """Seconds for cells that never end; no limit for the others."""
    return 1 if "while (true)" in cell.source else None


async def execute(path):
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout_func=timeout,
        interrupt_on_timeout=True,
        startup_timeout=120,
        kernel_name="rayshell",
        resources={"metadata": {"path": str(path.parent)}},
    )
    await client.async_execute()
    nbformat.write(notebook, path)


async def main(folder):
    await asyncio.gather(*(execute(path) for path in sorted(Path(folder).glob("*.ipynb"))))


asyncio.run(main(sys.argv[1]))
