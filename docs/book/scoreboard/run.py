"""The stored run of `goldenrule verify`: what each declaration did, by framework."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from goldenrule.spec.catalogue import rules

STORED = Path(__file__).parents[2] / "measured" / "verify.json"
COMMAND = (
    "goldenrule verify numpy torch jax onnxruntime "
    "--xfail tests/frameworks/deviations.txt --json verify.json"
)
STORE = "python -m goldenrule.docs.book.store verify verify.json"
FRAMEWORKS = {
    "numpy": "NumPy, ours",
    "torch": "PyTorch",
    "jax": "JAX, Flax, optax",
    "onnxruntime": "ONNX Runtime",
}
"""The backends that were run, as people call what they drive."""
NOT_RUN = {"keras": "Keras", "mlx": "MLX", "tf": "TensorFlow"}
"""Frameworks that no backend drives, by the module that their functions are named by."""


@dataclass(frozen=True)
class Entry:
    """One declaration: rule, dialect and profile of a backend, and what came of it."""

    backend: str
    rule: str
    dialect: str
    computes: str
    profile: str
    verdict: str
    reason: str
    cases: Mapping[str, int]
    worst_ulp: float
    worst_error_over_bound: float
    octaves: Mapping[str, int]
    not_returned: Sequence[str]
    deviations: Sequence[Mapping[str, Any]]

    @property
    def framework(self) -> str:
        """The backend without its variant."""
        return self.backend.partition("-")[0]

    @property
    def passed(self) -> int:
        """How many cases were accepted."""
        return self.cases.get("passed", 0)

    @property
    def judged(self) -> int:
        """How many cases were accepted or not."""
        return self.passed + len(self.deviations)

    @property
    def case_ids(self) -> list[str]:
        """Name the cases that deviate, as lists of expected failures do."""
        gradient = ("gradient",) if self.computes == "gradient" else ()
        name = "/".join((self.backend, self.rule, self.dialect, *gradient, self.profile))
        return [f"{name}/{case['case']}" for case in self.deviations]


@dataclass(frozen=True)
class Run:
    """All declarations and optimizer objects, and what they were run with."""

    run: Mapping[str, Any]
    entries: Sequence[Entry]
    objects: Sequence[Mapping[str, Any]]

    def of(self, rule: str, framework: str = "") -> list[Entry]:
        """Give the declarations of a rule, by all frameworks or by one."""
        return [e for e in self.entries if e.rule == rule and framework in ("", e.framework)]

    @property
    def statuses(self) -> Counter[str]:
        """Count all cases by their status."""
        total: Counter[str] = Counter()
        for entry in self.entries:
            total.update(entry.cases)
        return total

    @property
    def properties(self) -> Counter[str]:
        """Count all properties of optimizer objects by their status."""
        total: Counter[str] = Counter()
        for item in self.objects:
            total.update(item["properties"])
        return total


def parse(text: str, name: str) -> Run:
    """Read a stored run.

    Raises ValueError where it speaks of what the specification does not have.
    """
    document = json.loads(text)
    if str(document.get("version")).partition(".")[0] != "1":
        raise ValueError(f"{name}: version {document.get('version')} is not read here, only 1")
    for item in (*document["entries"], *document["objects"]):
        _require_known(item, name)
    entries = [Entry(**entry) for entry in document["entries"]]
    return Run(document["run"], entries, document["objects"])


@cache
def stored() -> Run:
    """Read the run that the pages show."""
    return parse(STORED.read_text(encoding="utf-8"), STORED.name)


def worst(entries: Iterable[Entry]) -> float:
    """Give the largest error of accepted cases, as a fraction of the bound."""
    return max((entry.worst_error_over_bound for entry in entries), default=0.0)


def deviate(count: int, judged: int = 0) -> str:
    """Say how many cases deviate, of so many where that is told, with a link to the reasons.

    >>> deviate(1), deviate(12, 3000)
    ('[1 deviates](#deviations)', '[12 of 3,000 deviate](#deviations)')
    """
    total = f" of {judged:,}" if judged else ""
    return f"[{count}{total} deviate{'s' if count == 1 else ''}](#deviations)"


def _require_known(item: Mapping[str, Any], name: str) -> None:
    rule, dialect, backend = item["rule"], item["dialect"], item["backend"]
    again = f"run the command of the scoreboard again: {COMMAND}"
    if rule not in rules():
        raise ValueError(f"{name}: {backend} declares the unknown rule {rule}; {again}")
    if dialect not in {d.name for d in rules()[rule].dialects}:
        raise ValueError(
            f"{name}: {backend} declares the unknown dialect {rule}/{dialect}; {again}"
        )
    if backend.partition("-")[0] not in FRAMEWORKS:
        raise ValueError(f"{name}: the scoreboard has no name for the backend {backend}")
