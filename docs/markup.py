"""Pieces of Markdown: formulas, citations, tables.

Formulas stand between $` and `$: a form that survives Markdown untouched.
"""

import re
from collections.abc import Iterable, Iterator

from goldenrule.spec.rule import Source

DISPLAY = r"\displaystyle "
"""Begins a formula that is set as one on a line of its own."""

REPOSITORIES = {
    "PyTorch": "pytorch/pytorch",
    "Keras": "keras-team/keras",
    "optax": "google-deepmind/optax",
    "MLX": "ml-explore/mlx",
}


def source(cited: Source) -> str:
    """Cite a source, linked to the paper or to the lines of the release."""
    title = f"{cited.title} {cited.release}" if cited.release else cited.title
    place, _, rest = cited.where.partition(", ")
    link, path = cited.url, re.fullmatch(r"([\w/]+\.py)(?::(\d+)(?:-(\d+))?)?", place)
    if link is None and path and cited.title in REPOSITORIES:
        lines = "-".join(f"L{line}" for line in path.groups()[1:] if line)
        link = f"https://github.com/{REPOSITORIES[cited.title]}/blob/v{cited.release}/{path[1]}"
        return f"[{title}]({link}{'#' if lines else ''}{lines})" + (f", `{rest}`" if rest else "")
    if link is None and (paper := re.search(r"arXiv:([\d.]+v\d+)", cited.where)):
        link = f"https://arxiv.org/abs/{paper[1]}"
    return f"[{title}]({link}), {prose(cited.where)}" if link else prose(str(cited))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Write a table; a column without any entry is left out."""
    columns = zip(*(tuple(head), *map(tuple, rows)), strict=True)
    kept = [column for column in columns if any(column[1:])]
    first, *others = zip(*kept, strict=True)
    yield f"| {' | '.join(first)} |"
    yield f"|{' --- |' * len(kept)}"
    yield from (f"| {' | '.join(row)} |" for row in others)


def prose(text: str) -> str:
    """Keep plain text from being read as Markdown."""
    return re.sub(r"([*`_\[\]])", r"\\\1", text)


def sentence(text: str) -> str:
    """Mark the formulas between dollar signs."""
    return re.sub(r"\$([^$]*)\$", lambda found: formula(found[1]), text)


def formula(latex: str) -> str:
    """Write a formula inside a line; a bar would end the cell of a table."""
    return "$`" + latex.replace("|", r"\vert ") + "`$"


def code(text: str) -> str:
    """Write a name as it is typed."""
    return f"`{text}`"


def thread(link: str) -> str:
    """Shorten the address of a thread: pytorch#142323."""
    *_, repository, _, number = link.split("/")
    return f"{repository}#{number}"
