"""Gathers the pages of the site: gather.py ROOT TARGET."""

import re
import shutil
import sys
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter

# What pages link to besides other pages and pictures.
FILES = ["LICENSE", "notebooks/src/test/python/requirements.txt", "benchmarks/results/pending.json"]


def adapt(text: str) -> str:
    """Notebooks are pages here; and MkDocs takes one word as the language of code."""
    text = re.sub(r"(\]\([^)#]*)\.ipynb", r"\1.html", text)
    return re.sub(r"^```java cell$", "```java", text, flags=re.MULTILINE)


def page(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(adapt(source.read_text(encoding="utf-8")), encoding="utf-8")


def notebook(source: Path, target: Path) -> None:
    cells = nbformat.read(source, as_version=4)
    for cell in cells.cells:
        if cell.cell_type == "markdown":
            cell.source = adapt(cell.source)
    title = cells.cells[0].source.splitlines()[0].lstrip("# ")
    body, _ = HTMLExporter().from_notebook_node(cells, resources={"metadata": {"name": title}})
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(body, encoding="utf-8")


def main(root: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    for source in [*root.glob("*.md"), *root.glob("docs/*.md")]:
        page(source, target / source.relative_to(root))
    for source in root.glob("notebooks/*.ipynb"):
        notebook(source, target / source.relative_to(root).with_suffix(".html"))
    for folder in ["docs/images", "notebooks/images"]:
        shutil.copytree(root / folder, target / folder)
    for name in FILES:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / name, target / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
