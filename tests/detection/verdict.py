"""What `goldenrule verify` would say of a function, found out in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

from goldenrule.conformance.backend import Entry, Kind, Signature
from goldenrule.conformance.files.discovery import PACKAGED_VECTORS, Location
from goldenrule.conformance.files.vector_file import VectorFile, load
from goldenrule.conformance.harness import call
from goldenrule.conformance.harness.applicable import why_not
from goldenrule.conformance.harness.judge import judge


@cache
def vectors(rule: str, dialect: str, root=PACKAGED_VECTORS) -> VectorFile:
    return load(Location(root, rule, dialect))


def deviations(
    target: str, function: Callable[..., Any], profile: str, kind: Kind = "step"
) -> Iterator[tuple[str, str]]:
    """Yield the cases in which a function declared as `adam/paper` deviates, and how.

    The target of a layer has its family before it, as `convolutions/conv/zeros`.
    """
    rule, dialect = (f"optimizers/{target}" if kind == "step" else target).rsplit("/", 1)
    file = vectors(rule, dialect)
    entry = Entry(rule, dialect, (profile,), kind, function, Signature.of(function))
    judged = 0
    for case in file.cases:
        if why_not(entry, profile, file, case):
            continue
        judged += 1
        try:
            with np.errstate(all="ignore"):
                outputs = list(call.run(entry, profile, case.inputs, list(file.outputs)))
        except Exception as error:  # as a crash of a backend would be
            yield case.id, f"{type(error).__name__}: {error}"
            continue
        failure = judge(case, profile, outputs).failure
        if failure:
            yield case.id, f"{failure.output}{failure.element}: {failure.message}"
    assert judged
