"""Executes a notebook and says how it goes: execute.py NOTEBOOK OUTPUT. Exit code 0 if all cells ran."""

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError


def main(source: Path, target: Path) -> int:
    notebook = nbformat.read(source, as_version=4)
    code = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]
    started = {}

    def starts(cell, cell_index):
        started[cell_index] = time.monotonic()
        lines = cell.source.strip().splitlines()
        first = next((line for line in lines if not line.startswith("%")), lines[0])
        print(f"[{code.index(cell_index) + 1}/{len(code)}] {first[:70]}", end="", flush=True)

    def ends(cell, cell_index, execute_reply):
        expected = "raises-exception" in cell.metadata.get("tags", [])
        failed = "  failed, as its tag allows" if expected else "  FAILED"
        status = "" if execute_reply["content"]["status"] == "ok" else failed
        print(f"  {time.monotonic() - started[cell_index]:.1f} s{status}", flush=True)

    client = NotebookClient(
        notebook,
        timeout=None,
        record_timing=False,
        resources={"metadata": {"path": str(source.parent)}},
        on_cell_execute=starts,
        on_cell_executed=ends,
    )
    error = None
    try:
        client.execute()
    except CellExecutionError as e:
        error = f"a cell failed: {e.ename}: {e.evalue}"
    except DeadKernelError:
        print()
        error = "the kernel died"
    except Exception as e:  # pylint: disable=broad-except
        # Whatever goes wrong in between is told, and not shown as a trace of ours.
        print()
        error = f"the kernel does not answer as it should: {type(e).__name__}: {e}"
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target)
    if error:
        print(f"install/lab: {error}", file=sys.stderr)
        print(f"The notebook up to there: {target}")
        return 1
    print(f"All {len(code)} cells ran. The executed notebook: {target}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()))
    except (OSError, nbformat.reader.NotJSONError, nbformat.ValidationError) as fault:
        sys.exit(f"install/lab: {fault}".splitlines()[0])
    except KeyboardInterrupt:
        sys.exit(130)
