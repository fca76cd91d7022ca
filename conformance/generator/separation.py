"""Separation: every pair of dialects of a rule is told apart in every profile.

Two dialects are told apart by a shared case, the same inputs for both, in which the acceptance
sets of one element are disjoint, or the shapes of an output differ, so that no backend passes both.
Where a dialect takes inputs that the other does not know (AMSGrad's maximum, the padding of a
convolution), the inputs known to both are the same.

A layer and its gradient are told apart each by its own cases, unless two dialects have the same
gradient, or are never asked for one together because what comes out of their layers has another
shape.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from goldenrule.reference import catalogue

from ..files.formats import format_of
from ..files.kinds import COMPUTES, GRADIENT, UPDATE
from ..harness.judge import CLASSES

Document = Mapping[str, Any]

_PER_STEP = ("given", "hyper", "attributes")

_ITS_OWN_GRADIENT = (
    "the lookahead form is given an objective and evaluates the gradient itself, the others are "
    "given the gradient: no input is common to both"
)
_SHAPE_OF_GAMMA = (
    "they differ in the shape of gamma and beta alone: no gamma is common to both, and without one "
    "they are the same function"
)

# Pairs that no vector can tell apart, with the reason.
INSEPARABLE: Mapping[tuple[str, str, str], str] = {
    ("optimizers/sgd", "decoupled", "l2"): (
        "without momentum, theta - alpha (g + lambda theta) and (1 - alpha lambda) theta - alpha g "
        "are the same number: two forms of one function (claim 22)"
    ),
    ("optimizers/nesterov", "keras", "lookahead"): _ITS_OWN_GRADIENT,
    ("optimizers/nesterov", "lookahead", "shifted"): _ITS_OWN_GRADIENT,
    ("normalizations/instance_norm", "instance", "running"): (
        "both give the same y; the running averages, which make the difference, are asked of one"
    ),
    ("normalizations/layer_norm", "elementwise", "feature"): _SHAPE_OF_GAMMA,
    ("normalizations/group_norm", "contiguous", "group_affine"): _SHAPE_OF_GAMMA,
}


@dataclass(frozen=True)
class Gap:
    """A pair of dialects that nothing separates in a profile."""

    rule: str
    first: str
    second: str
    profile: str
    computes: str = UPDATE


def gaps(rule: str, documents: Mapping[str, Document]) -> Iterator[Gap]:
    """Find the pairs of dialects that no case separates, in each profile both are judged in."""
    for first, second in combinations(sorted(documents), 2):
        if (rule, first, second) in INSEPARABLE:
            continue
        a, b = documents[first], documents[second]
        pairs = list(shared(a, b))
        for computes in dict.fromkeys(COMPUTES.values()):
            if computes == GRADIENT and _same_gradient(rule, first, second):
                continue
            these = [(x, y) for x, y in pairs if COMPUTES[x["kind"]] == computes]
            if computes == GRADIENT and not these and any(_shapes_differ(*x) for x in pairs):
                continue
            for profile in a["profiles"]:
                if not _judged(a, profile, computes) or not _judged(b, profile, computes):
                    continue
                if not any(separates(x, y, profile) for x, y in these):
                    yield Gap(rule, first, second, profile, computes)


def shared(a: Document, b: Document) -> Iterator[tuple[Document, Document]]:
    """Pair the cases that put the same question to both dialects."""
    for computes in dict.fromkeys(COMPUTES.values()):
        cases, others = _asking_for(a, computes), _asking_for(b, computes)
        known = _symbols(cases) & _symbols(others)
        questions = [_question(case, known) for case in others]
        for case in cases:
            question = _question(case, known)
            for other, asked in zip(others, questions, strict=True):
                if question == asked:
                    yield case, other


def separates(a: Document, b: Document, profile: str) -> bool:
    """Whether no answer to a case is accepted by both dialects in a profile."""
    for step, other in zip(a["steps"], b["steps"], strict=True):
        for name in step["expected"].keys() & other["expected"].keys():
            one, two = step["expected"][name], other["expected"][name]
            left, right = _accept(one, profile), _accept(two, profile)
            if left and right:
                if one["shape"] != two["shape"] or _disjoint(left, right, profile):
                    return True
    return False


def _shapes_differ(a: Document, b: Document) -> bool:
    """Whether the main output of a case has another shape for each of two dialects."""
    one, two = a["steps"][0]["expected"], b["steps"][0]["expected"]
    return any(one[name]["shape"] != two[name]["shape"] for name in one.keys() & two.keys())


def _same_gradient(rule: str, first: str, second: str) -> bool:
    """Whether two dialects have one gradient, as two ways to keep a running average have."""
    if rule not in catalogue.names():
        return False
    gradients = catalogue.forms(rule, GRADIENT)
    return gradients.get(first) == gradients.get(second)


def _asking_for(document: Document, computes: str) -> list[Document]:
    """The cases of a document that ask for an update, for a layer, or for a layer's gradient."""
    return [case for case in document["cases"] if COMPUTES[case["kind"]] == computes]


def _symbols(cases: Sequence[Document]) -> set[str]:
    """Every symbol that some case gives."""
    return {
        name
        for case in cases
        for given in (case["given"], *(s.get(k, {}) for s in case["steps"] for k in _PER_STEP))
        for name in given
    }


def _question(case: Document, known: Collection[str]) -> dict[Any, Any]:
    """Everything a case gives, by name, as far as both dialects know the symbol.

    What one dialect keeps from step to step another may be given with each.
    """
    question: dict[Any, Any] = {
        "t": case["t"],
        "steps": len(case["steps"]),
        "objective": case.get("objective"),
    }
    question |= {(0, name): x for name, x in case["given"].items() if name in known}
    for i, step in enumerate(case["steps"]):
        for key in _PER_STEP:
            question |= {(i, name): x for name, x in step.get(key, {}).items() if name in known}
    return question


def _judged(document: Document, profile: str, computes: str) -> bool:
    steps = (step for case in _asking_for(document, computes) for step in case["steps"])
    return any(profile in x["accept"] for step in steps for x in step["expected"].values())


def _accept(tensor: Document, profile: str) -> Document | None:
    entry = tensor["accept"].get(profile)
    return tensor["accept"][entry["same_as"]] if entry and "same_as" in entry else entry


def _disjoint(left: Document, right: Document, profile: str) -> bool:
    pairs = zip(
        zip(left["lo"].split(), left["hi"].split(), strict=True),
        zip(right["lo"].split(), right["hi"].split(), strict=True),
        strict=True,
    )
    return any(_apart(a, b, profile) for a, b in pairs)


def _apart(a: tuple[str, str], b: tuple[str, str], profile: str) -> bool:
    if "unjudged" in (*a, *b):
        return False
    one, other = _ends(a, profile), _ends(b, profile)
    if one is None or other is None:
        return a != b
    return one[1] < other[0] or other[1] < one[0]


def _ends(ends: tuple[str, str], profile: str) -> tuple[float, float] | None:
    """The two ends as floats, or None for a class."""
    form = format_of(profile)
    if form is None or ends[0] in CLASSES:
        return None
    low, high = form.decode(" ".join(ends))
    return float(low), float(high)
