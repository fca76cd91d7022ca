"""What a run was not asked, or not given, and so did not judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ..files.kinds import UPDATE
from ..harness.applicable import NO_PROFILE
from ..harness.results import EntryResult, Status


def not_asked(entries: Sequence[EntryResult]) -> Iterator[str]:
    """Say which cases a judged declaration was not asked, for want of an option."""
    for (backend, rule, title), group in groupby(entries, lambda e: (e.backend, e.rule, e.title)):
        reasons = [
            case.reason
            for entry in group
            if entry.judged
            for case in entry.cases
            if case.status is Status.NOT_APPLICABLE and not case.reason.startswith(NO_PROFILE)
        ]
        if reasons:
            cases = f"{len(reasons)} cases ({_joined(reasons)})"
            yield f"not asked: {backend}  {rule}/{title}: {cases}"


def not_returned(entries: Sequence[EntryResult]) -> Iterator[str]:
    """Say which outputs of a layer, or of its gradient, were expected and never came."""
    layers = [entry for entry in entries if entry.computes != UPDATE]
    for (backend, rule, title), group in groupby(layers, lambda e: (e.backend, e.rule, e.title)):
        if names := dict.fromkeys(name for entry in group for name in entry.missing):
            yield f"not returned, so not judged: {backend}  {rule}/{title}: {', '.join(names)}"


def _joined(reasons: Sequence[str]) -> str:
    """Put together what the reasons name.

    >>> _joined(["takes no v_max; takes no t", "m is not returned; takes no t, weight_decay"])
    'm is not returned; takes no t, v_max, weight_decay'
    """
    start = "takes no "
    said = {part for reason in reasons for part in reason.split("; ")}
    taken = [part.removeprefix(start).split(", ") for part in said if part.startswith(start)]
    others = sorted(part for part in said if not part.startswith(start))
    names = sorted({name for part in taken for name in part})
    return "; ".join([*others, *([start + ", ".join(names)] if names else [])])
