"""Verifying: every entry of every named backend against the golden vectors, every object, too.

The parent judges; each backend runs in a spawned child process. Two backends run at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from ..files.kinds import UPDATE
from .expected_failures import ExpectedFailures
from .explanation import Evidence, Explanation, Observation
from .object_plan import plan_objects, without_object
from .plan import Library, Selection, open_targets, plan
from .property_results import ObjectResult
from .results import CaseResult, EntryResult, Problem, Report, Status
from .run import Progress, Run
from .session import Session

DEFAULT_TIMEOUT = 30.0
PROCESSES = 2


def verify(
    names: Iterable[str],
    selection: Selection | None = None,
    *,
    timeout: float = DEFAULT_TIMEOUT,
    expected_failures: ExpectedFailures | None = None,
    stop_at_first: bool = False,
    diagnose: bool = True,
    properties: bool = True,
    progress: Progress = lambda *_: None,
) -> Report:
    """Verify backends, named by entry point or file, and report what was found.

    Nothing a backend does raises here; ``timeout`` is in seconds and holds for each case.
    """
    selection = selection or Selection()
    with ThreadPoolExecutor(1) as pool:  # files are read while the children import
        opening = pool.submit(open_targets, names, timeout)
        library, problems = Library.open(selection)
        sessions, found = opening.result()
    problems += found
    tasks, found = plan(sessions, library, selection)
    problems += found
    object_tasks, found = plan_objects(sessions, library, selection) if properties else ([], [])
    problems += [problem for problem in found if problem not in problems]
    if not tasks and not object_tasks and not problems:
        problems.append(Problem("selection", nothing_selected(sessions, selection)))
    listed = expected_failures or ExpectedFailures()
    run = Run(tasks, object_tasks, listed, stop_at_first, progress)
    try:
        with ThreadPoolExecutor(PROCESSES) as pool:
            try:
                outcomes = list(pool.map(run.session, sessions))
            except KeyboardInterrupt:
                run.stopped.set()
                raise
    finally:
        for session in sessions:
            session.close()
    entries = [entry for outcome in outcomes for entry in outcome.entries]
    objects = [result for outcome in outcomes for result in outcome.objects]
    problems += [outcome.problem for outcome in outcomes if outcome.problem]
    if expected_failures and selection.is_whole and not run.stopped.is_set():
        problems += _unmatched(expected_failures, entries, objects)
    if diagnose:
        problems += explain(entries)
    return Report(entries, problems, objects, without_object(sessions, selection))


def _unmatched(
    expected_failures: ExpectedFailures,
    entries: Iterable[EntryResult],
    objects: Iterable[ObjectResult],
) -> list[Problem]:
    """Report what is listed as an expected failure and is neither case nor property."""
    ids = {f"{entry.id}/{result.case.id}" for entry in entries for result in entry.cases}
    ids |= {o.property_id(result.name) for o in objects for result in o.properties}
    names = expected_failures.unmatched(ids)
    return [Problem("expected failures", f"no case is called {name}") for name in names]


def nothing_selected(sessions: Iterable[Session], selection: Selection) -> str:
    """Say which pattern nothing that is declared meets, and what is declared."""
    entries = [x for s in sessions for x in (*s.backend.entries, *s.backend.objects)]
    if selection.check is not None:
        entries = [entry for session in sessions for entry in session.backend.objects]
    here = [entry for entry in entries if selection.selects(entry.rule, entry.dialect)]
    names = [f"{entry.rule}/{entry.dialect}" for entry in entries]
    profiles = [profile for entry in here for profile in entry.profiles]
    declared = list(dict.fromkeys(profiles if here else names))
    what = f"rule {selection.rule!r}, dialect {selection.dialect!r}, profile {selection.profile!r}"
    others = f" and {len(declared) - 12} more" if len(declared) > 12 else ""
    kind = "entry" if selection.check is None else "optimizer object"
    return f"no {kind} matches {what}; declared: {', '.join(declared[:12]) or 'none'}{others}"


def explain(entries: Iterable[EntryResult]) -> list[Problem]:
    """Let diagnosis explain the entries that deviate, all profiles of a dialect together."""
    groups: dict[tuple[str, str, str, str], list[EntryResult]] = {}
    for entry in entries:
        key = (entry.backend, entry.rule, entry.dialect, entry.computes)
        groups.setdefault(key, []).append(entry)
    problems: list[Problem] = []
    for (_, rule, dialect, _), group in groups.items():
        deviating = [e for e in group if any(_may_be_explained(e, case) for case in e.cases)]
        if not deviating:
            continue
        try:
            explanations = _diagnose(group)
        except Exception as error:  # a verdict is never lost to its explanation
            what = f"{rule}/{dialect}: {type(error).__name__}: {error}"
            problems.append(Problem("diagnosis", what))
            continue
        for entry in deviating:
            entry.explanations, entry.diagnosed = explanations, True
    return problems


def _may_be_explained(entry: EntryResult, case: CaseResult) -> bool:
    """Whether a number is wrong, or the shape of a layer's output, which rules can account for."""
    return case.status is Status.DEVIATES and (case.measured or entry.computes != UPDATE)


def _diagnose(group: list[EntryResult]) -> tuple[Explanation, ...]:
    from ..diagnose import diagnose

    file = next(entry.file for entry in group if entry.file)
    observations = [
        Observation(case.case, entry.profile, case.outputs, case.status is Status.PASSED)
        for entry in group
        for case in entry.cases
        if case.outputs
    ]
    return tuple(diagnose(Evidence(group[0].backend, file, observations)))
