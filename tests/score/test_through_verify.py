"""Mutants declared as backends, judged by `verify` in a child process: the verdicts agree."""

import pytest

from goldenrule.conformance.files.discovery import PACKAGED_VECTORS, Location
from goldenrule.conformance.files.vector_file import load
from goldenrule.conformance.harness.plan import Selection
from goldenrule.conformance.harness.results import Status
from goldenrule.conformance.harness.verify import verify
from goldenrule.conformance.mistakes.mistake import as_asked
from goldenrule.conformance.score.criteria import in_intervals
from goldenrule.conformance.score.probes import PROFILES, probes
from goldenrule.conformance.score.subjects import subjects

EVERY = 12
PARTS = [
    ("optimizers/momentum", "dampened", "step"),
    ("normalizations/rms_norm", "paper", "layer"),
    ("convolutions/cross_correlation", "same", "gradient"),
]

ADAPTER = """
import numpy as np
from goldenrule.conformance.backend import Backend
from goldenrule.conformance.score.subjects import subjects
from goldenrule.reference.catalogue import parameters
from goldenrule.reference.contexts.floats import FloatContext
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import elements

RULE, DIALECT, KIND = {part!r}


def declared(text):
    def function(profile, **symbols):
        ctx = FloatContext(Profile.parse(profile))
        make = ctx.tensor if KIND == "step" else elements(ctx)
        given = {{n: make(x) if isinstance(x, np.ndarray) else x for n, x in symbols.items()}}
        with np.errstate(all="ignore"):
            outputs = text(ctx, **given)
        return {{n: ctx.returned(x) for n, x in outputs.items() if x is not None}}

    return function


for number, subject in enumerate(subjects(RULE, DIALECT, KIND)):
    if subject.name in {names!r}:
        backend = Backend("mutant", str(number))
        accepts = (*parameters(subject.function), "profile")
        backend.add(
            RULE,
            dialect=DIALECT,
            profile={profiles!r},
            function=declared(subject.function),
            kind=KIND,
            accepts=accepts,
        )
        globals()[f"mutant_{{number}}"] = backend
"""


@pytest.mark.parametrize("part", PARTS, ids="/".join)
def test_the_verdicts_are_those_of_verify(part, tmp_path):
    wrong = dict(enumerate(subjects(*part)))
    chosen = {i: s for i, s in wrong.items() if i % EVERY == 0 and s.restate is as_asked}
    names = [subject.name for subject in chosen.values()]
    adapter = tmp_path / "mutants.py"
    adapter.write_text(ADAPTER.format(part=part, names=names, profiles=PROFILES))
    report = verify([str(adapter)], Selection(*part[:2]), diagnose=False)
    assert not report.problems
    cases = load(Location(PACKAGED_VECTORS, *part[:2])).cases
    asked = list(probes(*part, cases, PROFILES))
    compared = 0
    for entry in report.entries:
        subject = chosen[int(entry.backend.partition("-")[2])]
        verdicts = {case.case.id: case.status for case in entry.cases}
        for probe in asked:
            if probe.profile.name == entry.profile:
                outputs = probe.answer(subject.function)
                accepted = outputs is not None and in_intervals(probe.case, entry.profile, outputs)
                assert accepted == (verdicts[probe.case.id] is Status.PASSED), probe.case.id
                compared += 1
    assert compared > 20
