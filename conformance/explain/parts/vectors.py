"""The vectors of a rule: how many there are, and the mistakes that they catch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from goldenrule.spec.rule import Rule

from ...files.discovery import PACKAGED_VECTORS, Location
from ...files.kinds import COMPUTES
from ...files.vector_file import VectorFile, load
from ...generator.separation import INSEPARABLE
from ..blocks import Block, Paragraph, Table
from ..words import code, escaped, threads


def vectors(rule: Rule, _: str) -> Iterator[Block]:
    """Count the vectors, and name the pairs of dialects that they cannot tell apart."""
    files = _files(rule)
    kinds = [k for k in COMPUTES if any(case.kind == k for f in files.values() for case in f.cases)]
    rows = []
    for dialect, file in files.items():
        count = Counter(case.kind for case in file.cases)
        half = sum("bfloat16" in case.profiles for case in file.cases)
        steps = [step for case in file.cases for step in case.steps]
        numbers = sum(len(x.exact.split()) for step in steps for x in step.expected.values())
        counts = (len(file.cases), *(count[kind] for kind in kinds), half, numbers)
        rows.append((code(dialect), *(str(n or "") for n in counts)))
    yield Table(("dialect", "cases", *kinds, "half precision", "numbers"), tuple(rows))
    profiles = dict.fromkeys(p for file in files.values() for p in file.profiles)
    yield Paragraph(f"Profiles: {', '.join(map(code, profiles))}.")
    pairs = {(a, b): why for (of, a, b), why in INSEPARABLE.items() if of == rule.name}
    for (first, second), why in pairs.items():
        yield Paragraph(f"No vector can tell `{first}` from `{second}`: {escaped(why)}.")


def flags(rule: Rule, _: str) -> Iterator[Block]:
    """Say what each flag of the vectors means, and how many cases carry it."""
    files = _files(rule)
    notes = {flag: item for file in files.values() for flag, item in file.flags.items()}
    carried = Counter(flag for f in files.values() for case in f.cases for flag in case.flags)
    rows = tuple(
        (code(flag), escaped(notes[flag].note), str(carried[flag]), threads(notes[flag].links))
        for flag in sorted(notes)
    )
    yield Table(("flag", "mistake", "cases", "seen in"), rows)


def _files(rule: Rule) -> dict[str, VectorFile]:
    return {d.name: load(Location(PACKAGED_VECTORS, rule.name, d.name)) for d in rule.dialects}
