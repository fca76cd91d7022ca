"""Putting a wrong rule to the vectors until every criterion has rejected it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .answer import Outputs
from .criteria import CRITERIA
from .probes import Probe, is_same
from .record import PLAIN, FalseAlarm, Record
from .subjects import Subject


def tried(subject: Subject, probes: Sequence[Probe], plain: Sequence[Probe]) -> Record | None:
    """Judge a wrong rule by the probes of one profile; None if it is no rule there.

    One that raises is rejected by every criterion, as it would be by any test; if it always does,
    it is none. Nor is one that returns less, of which `verify` says what it did not judge, or one
    that restates what it is asked, where that stays the same.
    """
    killed = dict.fromkeys(CRITERIA, False)
    by, runs = "", False
    for probe in sorted(probes, key=_promising, reverse=True):
        restated = subject.restate(probe.problem)
        if subject.function is probe.forms[0] and is_same(restated, probe.problem):
            continue
        left = [name for name, is_killed in killed.items() if not is_killed]
        if runs and not left:
            break
        outputs = probe.answer(subject.function, restated)
        if outputs is not None and not probe.is_answered_by(outputs):
            return None
        runs = runs or outputs is not None
        for name in left:
            if not _accepts(name, probe, outputs):
                killed[name] = True
                if name == "intervals":
                    by = probe.case.id
                    probe.kills += 1
    if not runs:
        return None
    killed[PLAIN] = any(
        not _accepts("intervals", probe, _restated(subject, probe)) for probe in plain
    )
    return Record(
        subject.rule,
        subject.dialect,
        subject.kind,
        subject.name,
        subject.operator,
        subject.sentence,
        probes[0].profile.name,
        killed,
        by,
    )


def false_alarms(
    rule: str, dialect: str, kind: str, probes: Sequence[Probe]
) -> Iterator[FalseAlarm]:
    """Yield every right form that a criterion rejects, once for each criterion and profile."""
    seen: set[tuple[str, str, str]] = set()
    for probe in probes:
        for form in probe.forms:
            outputs = probe.answer(form)
            for name in CRITERIA:
                key = form.__name__, probe.profile.name, name
                if key not in seen and not _accepts(name, probe, outputs):
                    seen.add(key)
                    yield FalseAlarm(rule, dialect, kind, *key, probe.case.id)


def _restated(subject: Subject, probe: Probe) -> list[Outputs] | None:
    return probe.answer(subject.function, subject.restate(probe.problem))


def _accepts(criterion: str, probe: Probe, outputs: list[Outputs] | None) -> bool:
    """Whether a criterion accepts an answer; nothing accepts a crash."""
    if outputs is None:
        return False
    return CRITERIA[criterion](probe.case, probe.profile.name, outputs)


def _promising(probe: Probe) -> float:
    """How much a probe is expected to kill for what it costs."""
    return (1 + probe.kills) / probe.cost
