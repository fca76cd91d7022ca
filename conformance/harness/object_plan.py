"""Which optimizer objects are checked, and the settings and golden cases that they can run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from ..files.formats import close_matches
from ..files.kinds import UPDATE
from ..files.vector_file import Case, VectorFile
from ..properties import CHECKS, Check
from .plan import Library, Selection, unknown
from .results import Problem
from .session import Session
from .wire import ObjectInfo

CONTEXT = frozenset({"theta", "profile", "implementation", "maximize"})


@dataclass(frozen=True)
class ObjectTask:
    """An object in one profile, the checks that are to be made, and the vectors of its dialect."""

    session: Session
    entry: ObjectInfo
    profile: str
    file: VectorFile
    checks: tuple[Check, ...]
    answers: dict[tuple[str, str], tuple[dict[str, Any], float]] = field(
        default_factory=dict, compare=False
    )
    """What each implementation made of each golden case, as far as it was asked, and how fast."""

    def request(self, implementation: str) -> dict[str, Any]:
        """Start a request to the child."""
        return {
            "backend": self.session.backend.index,
            "object": self.entry.index,
            "profile": self.profile,
            "implementation": implementation,
        }

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The cases that start from fresh state and that the object's signature fits."""
        return tuple(case for case in _fresh(self.file) if not _why_not(self, case))

    @cached_property
    def reason(self) -> str:
        """Why nothing can be checked, or an empty string."""
        reasons = [_why_not(self, case) for case in _fresh(self.file)]
        if not reasons:
            return "its rule has no case that starts from fresh state with a gradient"
        nearest = min(reasons, key=len)
        return f"no case is applicable: {nearest}" if nearest else ""

    @property
    def settings(self) -> list[dict[str, Any]]:
        """The sets of options that the cases ask for."""
        by_options = {case.options: case for case in reversed(self.cases)}
        return [self.setting(case) for case in reversed(by_options.values())]

    def setting(self, case: Case) -> dict[str, Any]:
        """Return the options, hyper-parameters and switches of a case, for the wire."""
        hyper = case.inputs["steps"][0]["hyper"]
        return {"options": case.options, "hyper": hyper, "switches": _switches(self.file, case)}


def plan_objects(
    sessions: Iterable[Session], library: Library, selection: Selection
) -> tuple[list[ObjectTask], list[Problem]]:
    """Match declared objects with vector files, and with the checks that are selected."""
    names = [check.name for check in CHECKS]
    pattern = "*" if selection.check is None else selection.check
    checks = tuple(check for check in CHECKS if fnmatchcase(check.name, pattern))
    if not checks:
        message = f"no property matches {pattern!r}{close_matches(pattern, names)}"
        return [], [Problem("selection", message)]
    tasks: list[ObjectTask] = []
    problems: list[Problem] = []
    for session in sessions:
        for entry in session.backend.objects:
            if not selection.selects(entry.rule, entry.dialect):
                continue
            file = library.files.get((entry.rule, entry.dialect))
            if problem := unknown(entry, library, selection.root):
                problems.append(Problem(session.label, problem))
            elif file:
                tasks += [
                    ObjectTask(session, entry, profile, file, checks)
                    for profile in entry.profiles
                    if selection.selects(entry.rule, entry.dialect, profile)
                ]
    return tasks, list(dict.fromkeys(problems))


def without_object(sessions: Iterable[Session], selection: Selection) -> list[str]:
    """Name the declarations of updates that no object in the same module stands beside."""
    sessions = list(sessions)
    declared = {
        (session.target.module, entry.rule, entry.dialect)
        for session in sessions
        for entry in session.backend.objects
    }
    return [
        f"{session.label}/{entry.rule}/{entry.dialect}"
        for session in sessions
        for entry in session.backend.entries
        if entry.computes == UPDATE
        and selection.selects(entry.rule, entry.dialect)
        and (session.target.module, entry.rule, entry.dialect) not in declared
    ]


def _fresh(file: VectorFile) -> list[Case]:
    """Return the cases that an optimizer which nobody gave a state can run."""
    return [
        case
        for case in file.asking_for(UPDATE)
        if case.t == 1
        and "theta" in case.given
        and not case.has_objective
        and all("g" in step.given for step in case.steps)
        and all(tensor.is_zero for name, tensor in case.given.items() if name != "theta")
    ]


def _switches(file: VectorFile, case: Case) -> list[str]:
    """Return the options of a case that no hyper-parameter stands for and the dialect may lack."""
    fresh = _fresh(file)
    switches = []
    for option in case.options:
        with_it = {name for c in fresh if option in c.options for name in c.steps[0].hyper}
        others = [c for c in fresh if option not in c.options]
        if others and with_it <= {name for c in others for name in c.steps[0].hyper}:
            switches.append(option)
    return switches


def _why_not(task: ObjectTask, case: Case) -> str:
    """Return why the object cannot run the case, or an empty string."""
    signature = task.entry.signature
    given = [*case.steps[0].hyper, *_switches(task.file, case)]
    if lacking := [name for name in given if not signature.takes(name)]:
        return f"takes no {', '.join(lacking)}"
    if missing := [name for name in signature.required if name not in {*given, *CONTEXT}]:
        return f"needs {', '.join(missing)}, which the case does not give"
    return ""
