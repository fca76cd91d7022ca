"""Which dialect each function of a framework computes, and whether it was run here."""

from collections.abc import Iterator

from goldenrule.conformance.explain.words import code
from goldenrule.spec.catalogue import rules

from ..parts.tables import figure, page, wide
from .matrix import verdict
from .run import Run, worst

BACKEND = {
    "torch": "torch",
    "optax": "jax",
    "flax": "jax",
    "jax": "jax",
    "onnx": "onnxruntime",
}
"""The backend that drives a function, by the module that it is named by."""


def functions(run: Run) -> Iterator[str]:
    """Give a row for every function that the specification names.

    A function counts as run if the backend of its framework declares the dialect.
    """
    named = [
        (function, name, dialect.name)
        for name, rule in rules().items()
        for dialect in rule.dialects
        for function in dialect.used_by
    ]
    rows = (
        (code(function), f"{page(name)}/{dialect}", _outcome(run, name, dialect, function))
        for function, name, dialect in sorted(named, key=lambda one: one[0].lower())
    )
    yield from wide(("function", "computes", "error/bound"), rows, "functions")


def _outcome(run: Run, rule: str, dialect: str, function: str) -> str:
    """Say how near its bound the function's backend came, where it was run."""
    backend = BACKEND.get(function.partition(".")[0].partition(" ")[0], "")
    entries = [e for e in run.of(rule, backend) if e.dialect == dialect and e.judged]
    if not backend or not entries:
        return "not run {: .absent }"
    colour = verdict(rules()[rule], entries)
    return f"{figure(worst(entries))} {{: .{'deviates' if colour == 'deviates' else 'conforms'} }}"
