"""Every dialect of every rule with the kinds of problem it is for, and the cases for them."""

from __future__ import annotations

from functools import cache

from goldenrule.conformance.diagnose.question import problem_of
from goldenrule.conformance.files.discovery import PACKAGED_VECTORS, Location
from goldenrule.conformance.files.vector_file import load
from goldenrule.reference import catalogue
from goldenrule.reference.run import Problem, applies

KINDS = {
    "optimizers": ("step",),
    "normalizations": ("layer", "gradient"),
    "convolutions": ("layer", "gradient"),
}
DIALECTS = [
    (rule, dialect, kind)
    for rule in catalogue.names()
    for kind in KINDS[rule.partition("/")[0]]
    for dialect in catalogue.forms(rule, kind)
]


@cache
def problems(rule: str, dialect: str, kind: str) -> tuple[Problem, ...]:
    """The problems of a dialect's vectors that its canonical form takes."""
    form = catalogue.forms(rule, kind)[dialect][0]
    posed = map(problem_of, load(Location(PACKAGED_VECTORS, rule, dialect)).cases)
    return tuple(
        problem
        for problem in posed
        if applies(form, problem) and (problem.kind == "gradient") == (kind == "gradient")
    )
