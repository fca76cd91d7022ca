"""Make the document of a vector file from the cases of one dialect."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib.metadata import version
from math import prod
from typing import Any

import numpy as np

from goldenrule.reference.catalogue import Function
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Step
from goldenrule.spec.catalogue import find
from goldenrule.spec.tensors.layer import Layer

from ..cases.case import Case
from ..cases.catalogue import cases_of, forms_for
from ..cases.flags import FLAGS
from ..cases.lint import lint
from ..files.hex_float import render_float
from ..files.kinds import GRADIENT, LAYER
from ..files.structure import SCHEMA_VERSION
from .golden import GoldenError, expectations, profiles_of

Document = dict[str, Any]
_UNJUDGED_AT_MOST = 2
"""In a half type; elsewhere every element is judged, but for ways of computing that lose all."""
_LOSES_ALL = ("native", "onepass", "winograd")
_OUTPUTS_AT_MOST = 150
"""Of a layer's case: files stay small, and every number of them is read by somebody."""
_PROVENANCE = ("goldenrule", "mpmath", "sympy", "numpy")


def make_document(rule: str, dialect: str, profiles: Sequence[str]) -> Document:
    """Make the vector file of a dialect, without its hash.

    Raises GoldenError for degenerate cases, CertificationError for an uncertain digit.
    """
    definition = find(rule).dialect(dialect)
    cases = cases_of(rule, dialect)
    known = {option.name for option in definition.options}
    for problem in lint(cases, lambda options: definition.counts(known.intersection(options))):
        raise GoldenError(f"{rule}/{dialect}: {problem}")
    made = [case_document(case, forms_for(rule, dialect, case), profiles) for case in cases]
    return file_document(rule, dialect, profiles, made)


def file_document(
    rule: str, dialect: str, profiles: Sequence[str], cases: Sequence[Document]
) -> Document:
    """Put the documents of cases into that of a file."""
    definition = find(rule).dialect(dialect)
    used = {flag for case in cases for flag in case["flags"]}
    return {
        "schema": SCHEMA_VERSION,
        "rule": rule,
        "dialect": dialect,
        "title": definition.summary,
        "source": str(definition.source),
        "outputs": outputs_of(rule, dialect),
        "profiles": {name: {"format": Profile.parse(name).storage.name} for name in profiles},
        "flags": {
            name: {"note": FLAGS[name].note, "links": list(FLAGS[name].links)}
            for name in sorted(used)
        },
        "cases": list(cases),
        "_info": provenance(),
    }


def outputs_of(rule: str, dialect: str) -> list[str]:
    """Every output, with all options; the gradients of a layer last."""
    definition = find(rule).dialect(dialect)
    options = [option.name for option in definition.options]
    is_layer = isinstance(definition, Layer)
    return list(definition.results(options) if is_layer else definition.outputs(options))


def provenance() -> Document:
    """Say which versions made a file; this stands outside the content hash."""
    libraries = {name: version(name) for name in _PROVENANCE}
    return {"python": platform.python_version(), **libraries}


def case_document(case: Case, forms: Sequence[Function], profiles: Sequence[str]) -> Document:
    """Make what stands in the file for a case.

    Raises GoldenError where too much comes out, cannot be judged, or is not as exact as it must be.
    """
    problem = case.problem
    expected = expectations(forms, case, profiles_of(case, profiles))
    if case.kind in (LAYER, GRADIENT):
        count = sum(prod(tensor["shape"]) for step in expected for tensor in step.values())
        if count > _OUTPUTS_AT_MOST:
            raise GoldenError(f"case {case.id}: {count} numbers come out, more than are allowed")
    for step in expected:
        for name, tensor in step.items():
            _check_unjudged(case, name, tensor["accept"])
            _check_exact(case, name, tensor["accept"])
    document: Document = {
        "id": case.id,
        "kind": case.kind,
        "comment": case.comment,
        "flags": list(case.flags),
        "options": list(case.options),
        "t": problem.t,
    }
    if problem.objective is not None:
        A, b = _tensor(problem.objective.A), _tensor(problem.objective.b)
        document["objective"] = {"kind": "quadratic", "A": A, "b": b}
    document["given"] = {name: _tensor(values) for name, values in problem.given.items()}
    document["steps"] = [
        _step(step, outputs) for step, outputs in zip(problem.steps, expected, strict=True)
    ]
    return document


def _step(step: Step, expected: Document) -> Document:
    document = {
        "given": {name: _tensor(values) for name, values in step.given.items()},
        "hyper": {name: render_float(value) for name, value in step.hyper.items()},
    }
    if step.attributes:
        document["attributes"] = {name: _plain(x) for name, x in step.attributes.items()}
    return document | {"expected": expected}


def _plain(attribute: Any) -> Any:
    """An attribute as it stands in a file: tuples become lists."""
    return [_plain(x) for x in attribute] if isinstance(attribute, tuple) else attribute


def _check_exact(case: Case, output: str, accept: Document) -> None:
    """Demand that nothing rounds where integers are so small that nothing has to."""
    if "exact-integers" not in case.flags:
        return
    for profile, entry in accept.items():
        bound = accept[entry.get("same_as", profile)]["bound"]
        if "winograd" not in profile and set(bound.split()) - {"0"}:
            raise GoldenError(f"case {case.id}: {output} is not exact in {profile}")


def _check_unjudged(case: Case, output: str, accept: Document) -> None:
    if "range" in case.flags:
        return
    for profile, entry in accept.items():
        if any(way in profile for way in _LOSES_ALL):
            continue
        count = entry.get("lo", "").split().count("unjudged")
        half = profile.startswith(("bfloat16", "float16"))
        if count > (_UNJUDGED_AT_MOST if half else 0):
            raise GoldenError(
                f"case {case.id}: {count} elements of {output} cannot be judged in {profile}"
            )


def _tensor(values: np.ndarray) -> Document:
    data = " ".join(render_float(float(x)) for x in values.flat)
    return {"shape": list(values.shape), "data": data}
