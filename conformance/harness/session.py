"""One backend under test: its entries, and the child process that runs their cases."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ..files.vector_file import Case, VectorFile
from .applicable import why_not
from .child import BackendFailure, Child, ChildError, TimedOut, Unavailable
from .judge import Outputs, judge
from .results import CaseResult, Status
from .targets import Target
from .wire import BackendInfo, EntryInfo, decode_array

GIVE_UP_AFTER = 3
"""Time-outs of one entry after which its other cases are not run."""


def open_sessions(target: Target, timeout: float) -> list[Session]:
    """Import the target in a child and return a session for each of its backends.

    Raises Unavailable or BackendFailure.
    """
    child = Child(target.module, timeout)
    try:
        backends = child.hello()
    except ChildError as error:
        child.close()
        raise BackendFailure(str(error)) from None
    except (Unavailable, BackendFailure):
        child.close()
        raise
    sessions = [Session(target, backend, timeout) for backend in backends]
    sessions[0].adopt(child)
    return sessions


class Session:
    """Runs the cases of one backend, one after the other, whatever becomes of the process."""

    def __init__(self, target: Target, backend: BackendInfo, timeout: float) -> None:
        """Prepare; the process starts with the first case, unless one is adopted."""
        self.target = target
        self.backend = backend
        self.timeout = timeout
        self._child: Child | None = None
        self._serving = False
        self._timeouts: Counter[tuple[int | None, int | None, str]] = Counter()

    @property
    def label(self) -> str:
        """The backend's label."""
        return self.backend.label

    def adopt(self, child: Child) -> None:
        """Use a process that has imported the target already."""
        self._child = child

    def close(self) -> None:
        """End the process."""
        if self._child:
            self._child.close()
        self._child, self._serving = None, False

    def start(self) -> Child:
        """Return a process that is set up.

        Raises Unavailable, BackendFailure or ChildError.
        """
        if self._child is None:
            self._child = Child(self.target.module, self.timeout)
            self._child.hello()
        if not self._serving:
            self._child.serve(self.backend.index)
            self._serving = True
        return self._child

    def run(self, entry: EntryInfo, profile: str, file: VectorFile, case: Case) -> CaseResult:
        """Run and judge one case; raises Unavailable or BackendFailure if nothing can be run."""
        if reason := why_not(entry, profile, file, case):
            return CaseResult(case, Status.NOT_APPLICABLE, reason)
        request = {
            "backend": self.backend.index,
            "entry": entry.index,
            "profile": profile,
            "outputs": file.outputs_for(case),
            "case": case.inputs,
        }
        answer, seconds = self.ask(request)
        return _verdict(case, profile, answer, seconds)

    def ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], float]:
        """Ask the child, and return the answer and the seconds it took.

        A child that hangs or dies is an answer with an ``error``. Raises Unavailable or
        BackendFailure.
        """
        key = (request.get("entry"), request.get("object"), request["profile"])
        if self._timeouts[key] >= GIVE_UP_AFTER:
            return {"error": f"not run: {GIVE_UP_AFTER} cases of this entry timed out"}, 0.0
        began = time.perf_counter()
        try:
            child = self.start()
            began = time.perf_counter()
            answer = child.ask(request, self.timeout)
        except ChildError as error:
            self.close()
            if isinstance(error, TimedOut):
                self._timeouts[key] += 1
            answer = {"error": str(error)}
        except (Unavailable, BackendFailure):
            self.close()
            raise
        return answer, time.perf_counter() - began


def _verdict(case: Case, profile: str, answer: dict[str, Any], seconds: float) -> CaseResult:
    """Judge an answer; outputs that came before an exception are judged first."""
    if "not_applicable" in answer:
        return CaseResult(case, Status.NOT_APPLICABLE, answer["not_applicable"])
    outputs = [
        {name: decode_array(item) for name, item in step.items()}
        for step in answer.get("outputs", ())
    ]
    try:
        verdict = judge(case, profile, outputs)
    except ValueError as error:
        reason = f"the golden values of the case cannot be read: {error}"
        return CaseResult(case, Status.ERROR, reason, seconds=seconds)
    reason = answer.get("error") or answer.get("unavailable") or ""
    status = Status.PASSED
    if verdict.failure:
        status = Status.DEVIATES
    elif reason:
        status = Status.ERROR
    return CaseResult(
        case,
        status,
        reason if status is Status.ERROR else "",
        verdict.worst_ulp,
        verdict.worst_fraction,
        verdict.failure,
        seconds,
        outputs,
        _missing(case, outputs),
    )


def _missing(case: Case, outputs: Sequence[Outputs]) -> tuple[str, ...]:
    """The outputs that are expected of some step and did not come with it."""
    names = [
        name
        for step, got in zip(case.steps, outputs, strict=False)
        for name in step.expected
        if name not in got
    ]
    return tuple(dict.fromkeys(names))
