"""What is known to deviate: each entry of the strict list, why, and by how much."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from goldenrule.conformance.explain.words import code, escaped

from ..parts.tables import figure, wide
from .run import FRAMEWORKS, Run

LIST = Path(__file__).parents[3] / "tests" / "frameworks" / "deviations.txt"


@dataclass(frozen=True)
class Group:
    """A paragraph of the list: an explanation, and the names it explains, each with its reason."""

    why: str
    names: tuple[tuple[str, str], ...]


def groups(text: str) -> Iterator[Group]:
    r"""Read a list of expected failures; a paragraph without names is about the list itself.

    >>> [group.why for group in groups("# The list.\n\n# It is late.\na/b/c  # by a day")]
    ['It is late.']
    """
    for paragraph in re.split(r"\n\s*\n", text):
        lines = paragraph.splitlines()
        why = " ".join(line.lstrip("# ") for line in lines if line.startswith("#"))
        pairs = (line.partition("#") for line in lines if line and not line.startswith("#"))
        if names := tuple((name.strip(), reason.strip()) for name, _, reason in pairs):
            yield Group(why, names)


def deviations(run: Run, text: str | None = None) -> Iterator[str]:
    """Give a heading, a paragraph and a table for every reason; an error where it has a size.

    Raises ValueError where the list and the stored run do not speak of the same cases.
    """
    failed = dict(_failed(run))
    left = set(failed)
    for group in groups(LIST.read_text(encoding="utf-8") if text is None else text):
        rows, who = [], []
        for name, reason in group.names:
            hits = [one for one in failed if fnmatchcase(one, name)]
            if not hits:
                raise ValueError(f"{LIST.name}: nothing in the stored run deviates as {name}")
            left -= set(hits)
            who += hits
            errors = [size for hit in hits if (size := failed[hit] or 0) > 1]
            size = figure(max(errors)) if errors else ""
            rows.append((code(name), str(len(hits)), escaped(reason), size))
        yield f"### {_heading(who)}"
        yield ""
        yield escaped(group.why)
        yield ""
        yield from wide(("case", "deviate", "what comes out", "error/bound"), rows)
        yield ""
    if left:
        raise ValueError(
            f"{LIST.name}: the stored run deviates in {min(left)}, which is not listed"
        )


def _heading(names: Sequence[str]) -> str:
    """Say whose names these are, and of which rules.

    >>> _heading(["jax-x64/optimizers/sgd/l2/float32/one", "jax/optimizers/adam/paper/float32/one"])
    'JAX, Flax, optax: sgd, adam'
    """
    parts = [name.split("/") for name in names]
    frameworks = dict.fromkeys(FRAMEWORKS[backend.partition("-")[0]] for backend, *_ in parts)
    rules = dict.fromkeys(rule for _, _, rule, *_ in parts)
    return f"{'; '.join(frameworks)}: {', '.join(rules)}"


def _failed(run: Run) -> Iterator[tuple[str, float | None]]:
    """Name every case and property that deviates, with its error where there is one."""
    for entry in run.entries:
        for name, case in zip(entry.case_ids, entry.deviations, strict=True):
            yield name, case["worst_error_over_bound"]
    for item in run.objects:
        for one in item["deviations"]:
            yield one["id"], None
