"""Which cases an entry can run: its signature against what the case gives.

An entry is asked only what it computes: an update, a layer, or a layer's gradient.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..files.kinds import UPDATE
from ..files.vector_file import Case, VectorFile
from .wire import EntryInfo

CONTEXT = ("t", "profile")
RATE = "alpha"
NO_PROFILE = "has no profile"

_NEUTRAL = {"stride": 1, "dilation": 1, "groups": 1, "padding": 0, "output_padding": 0}


def why_not(entry: EntryInfo, profile: str, file: VectorFile, case: Case) -> str:
    """Return why the entry cannot run the case, or an empty string.

    A symbol that the case gives and the signature lacks belongs to an option, or to a dialect,
    that the entry does not support. A trajectory function need not take a state of zeros at t = 1,
    nor the learning rate, which comes with every step; a layer's function need not take an
    attribute that changes nothing, such as a stride of 1.
    """
    if profile not in case.profiles:
        return f"{NO_PROFILE} {profile}"
    signature = entry.signature
    hyper = sorted({name for step in case.steps for name in step.hyper})
    stepwise = sorted({name for step in case.steps for name in step.given})
    gradient = ["gradient"] if case.has_objective else []
    needed = [*hyper, *gradient]
    attributes = {name: value for step in case.steps for name, value in step.attributes.items()}
    available = {*case.given, *needed, *attributes, *CONTEXT}
    if entry.kind == "trajectory":
        if not signature.takes("steps"):
            return "a trajectory function takes steps"
        available.add("steps")
        needed = [name for name in needed if name != RATE]
        fresh = case.t == 1
        needed += [
            name
            for name, tensor in case.given.items()
            if not (fresh and name in file.always_given and tensor.is_zero)
        ]
        if not fresh:
            needed.append("t")
    else:
        needed += [*case.given, *stepwise]
        needed += [name for name, value in attributes.items() if not _is_neutral(name, value)]
        available.update(stepwise)
    reasons = []
    if lacking := [name for name in needed if not signature.takes(name)]:
        reasons.append(f"takes no {', '.join(lacking)}")
    if unknown := [name for name in signature.required if name not in available]:
        reasons.append(f"needs {', '.join(unknown)}, which the case does not give{_hint(unknown)}")
    return "; ".join(reasons)


def _hint(unknown: Iterable[str]) -> str:
    """Say what a function that asks for dy was meant to be."""
    return " (a gradient is declared with @backend.gradient)" if "dy" in unknown else ""


def why_nothing(entry: EntryInfo, file: VectorFile, reasons: Iterable[str]) -> str:
    """Say why no case is applicable: what the one that comes nearest would need."""
    nearest = min(reasons, key=lambda x: (x.startswith(NO_PROFILE), len(x)), default="")
    if nearest:
        return f"no case is applicable: {nearest}"
    asked = {case.computes for case in file.cases}
    right = "step or trajectory" if asked == {UPDATE} else "layer or gradient"
    return f"no case is for a {entry.kind} function: declare a {right} function"


def _is_neutral(name: str, value: Any) -> bool:
    """Whether an attribute changes nothing."""
    if isinstance(value, tuple):
        return all(_is_neutral(name, item) for item in value)
    return _NEUTRAL.get(name) == value
