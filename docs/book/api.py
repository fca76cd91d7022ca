"""The API reference: where its packages are found, and how their docstrings become Markdown."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import griffe
from mkdocs.config.defaults import MkDocsConfig

ROOT = Path(__file__).parents[2]
PACKAGES = ("spec", "reference", "conformance")
LITERAL = re.compile(r"::(?=\s*\n\n {4})")
EXAMPLE = re.compile(r"^>>> .*?(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)


def configure(config: MkDocsConfig) -> None:
    """Tell mkdocstrings where to look, and what to do with what it reads; before it starts."""
    python = config.plugins["mkdocstrings"].config.handlers.setdefault("python", {})
    python["paths"] = [_packages().name]
    python.setdefault("options", {})["extensions"] = [f"{__file__}:Docstrings"]


@cache
def _packages() -> TemporaryDirectory[str]:
    """Make a folder that has the packages as they are imported: setuptools maps them elsewhere."""
    folder = TemporaryDirectory(prefix="goldenrule-")
    parent = Path(folder.name, "goldenrule")
    parent.mkdir()
    for name in PACKAGES:
        (parent / name).symlink_to(ROOT / name, target_is_directory=True)
    return folder


def markdown(docstring: str) -> str:
    r"""Write a docstring as Markdown: two colons before a block become one, examples are fenced.

    >>> markdown("So::\n\n    1 + 1\n\n>>> 1 + 1\n2")
    'So:\n\n    1 + 1\n\n```pycon\n>>> 1 + 1\n2\n```'
    """
    return EXAMPLE.sub(lambda found: f"```pycon\n{found[0]}\n```", LITERAL.sub(":", docstring))


class Docstrings(griffe.Extension):
    """Makes Markdown of every docstring that is read."""

    def on_object(self, *, obj: griffe.Object, **_: object) -> None:
        """Change an object's own."""
        if obj.docstring:
            obj.docstring.value = markdown(obj.docstring.value)
