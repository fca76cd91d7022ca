"""Checking the properties of an optimizer object: asking the child, judging by golden cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import prod
from typing import Any

from ..files.vector_file import Case
from ..properties import Check
from ..properties.golden import place, positions
from .judge import judge
from .object_plan import ObjectTask
from .property_results import PropertyResult, Violation
from .status import FAILED, Status
from .wire import decode_array


def examine(task: ObjectTask, check: Check) -> PropertyResult:
    """Check one property in every implementation, and tell of the first that lacks it.

    Raises Unavailable or BackendFailure if nothing can be run.
    """
    outcomes: list[PropertyResult] = []
    failing: list[str] = []
    for implementation in task.entry.implementations or ("",):
        for outcome in _outcomes(task, check, implementation):
            outcomes.append(outcome)
            if outcome.status in FAILED:
                failing.append(implementation)
                break
    # What holds in one implementation is not inapplicable because another refuses it.
    wrong = [outcome for outcome in outcomes if outcome.status in FAILED]
    holding = [outcome for outcome in outcomes if outcome.status is Status.HOLDS]
    first = (wrong or holding or outcomes)[0]
    seconds = sum(outcome.seconds for outcome in outcomes)
    return replace(first, seconds=seconds, failing=tuple(filter(None, failing)))


def _outcomes(task: ObjectTask, check: Check, implementation: str) -> Iterator[PropertyResult]:
    """Yield the outcome of the experiment, then, if that holds, those of the golden cases."""
    cases = [
        case
        for case in task.cases
        if check.golden and check.golden(case) and task.profile in case.profiles
    ]
    if check.experiment:
        request = task.request(implementation)
        request |= {"property": check.name, "settings": task.settings}
        answer, seconds = task.session.ask(request)
        yield (outcome := _outcome(check, answer, seconds, implementation))
        if outcome.status is not Status.HOLDS:
            return
    elif not cases:
        reason = f"no case of {task.profile} starts from fresh state"
        yield PropertyResult(check.name, check.sentence, Status.NOT_APPLICABLE, reason)
    for case in cases:
        key = (implementation, case.id)
        if key not in task.answers:
            task.answers[key] = _golden(task, case, implementation)
        answer, seconds = task.answers[key]
        yield _outcome(check, answer, seconds, implementation)


def _golden(task: ObjectTask, case: Case, implementation: str) -> tuple[dict[str, Any], float]:
    """Run a golden case and judge it, once for all checks that ask for it."""
    request = {
        **task.request(implementation),
        "setting": task.setting(case),
        "outputs": task.file.outputs_for(case),
        "case": case.inputs,
    }
    answer, seconds = task.session.ask(request)
    try:
        violation = _judged(task.profile, case, answer.get("copies", ()))
    except ValueError as error:
        answer = {"error": f"the golden values of {case.id} cannot be read: {error}"}
    else:
        answer |= {"violated": vars(violation)} if violation else {}
    return answer, seconds


def _outcome(
    check: Check, answer: dict[str, Any], seconds: float, implementation: str
) -> PropertyResult:
    """Turn an answer into a result."""
    violation = None
    status, reason = Status.HOLDS, answer.get("holds", "")
    if "violated" in answer:
        status = Status.VIOLATED
        violation = _violation(**{**answer["violated"], "implementation": implementation})
    elif "not_applicable" in answer:
        status, reason = Status.NOT_APPLICABLE, answer["not_applicable"]
    elif problem := answer.get("error") or answer.get("unavailable"):
        where = f"{implementation}: " if implementation else ""
        status, reason = Status.ERROR, f"{where}{problem}"
    return PropertyResult(check.name, check.sentence, status, reason, violation, seconds=seconds)


def _violation(
    options: Iterable[str] = (), element: Iterable[int] | None = None, **fields: Any
) -> Violation:
    """Read what came over the wire, where tuples are lists."""
    return Violation(
        **fields, options=tuple(options), element=None if element is None else tuple(element)
    )


def _judged(profile: str, case: Case, copies: Iterable[Any]) -> Violation | None:
    """Judge the copies of a case; return what the first wrong one shows."""
    shape = case.given["theta"].shape
    for number, steps in copies:
        outputs = [{name: decode_array(item) for name, item in step.items()} for step in steps]
        failure = judge(case, profile, outputs).failure
        if failure is None:
            continue
        where = positions(number, prod(shape)).reshape(shape)
        first = where[failure.element] if failure.element is not None else where.flat[0]
        parameter, element = place(int(first))
        name = f"parameter {parameter}"
        return Violation(
            name if failure.output == "theta" else f"{failure.output} of {name}",
            failure.message,
            options=case.options,
            case=case.id,
            step=failure.step,
            element=element if failure.element is not None else None,
            got=failure.got,
            wanted=failure.accepted,
        )
    return None
