"""The method is fair: right code, run as mutants are, conforms to the vectors."""

import pytest

from goldenrule.conformance.files.discovery import PACKAGED_VECTORS, discover
from goldenrule.conformance.files.vector_file import load
from goldenrule.conformance.score.probes import PROFILES, probes
from goldenrule.conformance.score.trial import false_alarms
from goldenrule.reference import catalogue


@pytest.mark.parametrize("place", discover(PACKAGED_VECTORS), ids=lambda p: f"{p.rule}/{p.dialect}")
def test_every_form_conforms_in_float64_float32_and_bfloat16(place):
    file = load(place)
    judged = set()
    for kind in ("layer", "gradient") if "optimizers" not in place.rule else ("step",):
        asked = list(probes(place.rule, place.dialect, kind, file.cases, PROFILES))
        alarms = false_alarms(place.rule, place.dialect, kind, asked)
        assert [alarm for alarm in alarms if alarm.criterion == "intervals"] == []
        judged |= {form for probe in asked for form in probe.forms}
    forms = {
        form
        for kind in ("step", "gradient")
        for form in catalogue.forms(place.rule, kind).get(place.dialect, ())
    }
    assert {form for form in forms - judged if getattr(form, "profile", None) is None} == set()
