"""One attempt: a problem as a case of a vector file, put to the backend as verify does."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from goldenrule.reference.certify import CertificationError
from goldenrule.reference.contexts.ieee import IeeeContext
from goldenrule.reference.run import Problem, applies, run

from ...cases.case import Case
from ...cases.flags import FLAGS
from ...files import vector_file
from ...files.kinds import UPDATE
from ...files.vector_file import VectorFile
from ...generator.document import case_document, outputs_of
from ...generator.golden import GoldenError, profiles_of
from ...harness.results import WRONG, CaseResult, Status
from ..finding import Shrunk
from ..known import known

FLAG = "fuzz"


class Attempts:
    """Puts problems to the subject of a finding, and says whether they fail alike."""

    def __init__(self, subject: Any, comment: str, error: bool) -> None:
        entry = subject.entry
        self.subject = subject
        self.comment = comment
        self.asked = 0
        self._how: tuple[str, str] | None = None if error else (Status.DEVIATES, "")
        self._spared = {name for one in known(subject) if not error for name in one.outputs}
        self._file = VectorFile(
            path=Path(entry.rule) / f"{entry.dialect}.json",
            rule=entry.rule,
            dialect=entry.dialect,
            title="",
            source="",
            outputs=tuple(outputs_of(entry.rule, entry.dialect)),
            profiles={subject.profile.name: subject.format.name},
            flags={FLAG: vector_file.Flag(FLAGS[FLAG].note, ())},
            cases=(),
        )

    def case(self, problem: Problem) -> Case:
        """The case that asks a problem."""
        several = len(problem.steps) > 1
        kind = problem.kind
        if self.subject.entry.computes == UPDATE:
            kind = "objective" if problem.objective else "trajectory" if several else "step"
        return Case("found", kind, self.comment, (FLAG,), problem, self.subject.options)

    def shrunk(self, problem: Problem) -> Shrunk | None:
        """The case, if it can be one and the backend fails it as the subject failed before."""
        forms = [form for form in self.subject.forms if applies(form, problem)]
        case = self.case(problem)
        profile = self.subject.profile.name
        if not forms or not profiles_of(case, [profile]) or not _is_finite(forms[0], problem):
            return None
        try:
            document = case_document(case, forms, [profile])
        except (GoldenError, CertificationError):
            return None
        read = vector_file.Case.read(document)
        file = replace(self._file, cases=(read,))
        self.asked += 1
        result = self.subject.session.run(self.subject.entry, profile, file, read)
        if not self._fails_alike(result):
            return None
        return Shrunk(case, forms, document, file, result)

    def _fails_alike(self, result: CaseResult) -> bool:
        """Whether a result is wrong as the first one was: a number, or with the same message."""
        failure = result.failure
        if result.status not in WRONG or (failure and failure.output in self._spared):
            return False
        of_number = failure is not None and failure.element is not None
        message = result.reason or (failure.message if failure and not of_number else "")
        how = result.status, re.sub(r"\d+", "", message)
        self._how = self._how or how
        return how == self._how


def _is_finite(form: Any, problem: Problem) -> bool:
    """Whether a problem has an answer, and all of it is finite."""
    try:
        with np.errstate(all="ignore"):
            steps = list(run(form, IeeeContext(), problem))
    except (ArithmeticError, IndexError, ValueError):
        return False
    arrays = [np.asarray(x, np.float64) for step in steps for x in step.values()]
    return all(x.size and np.isfinite(x).all() for x in arrays)
