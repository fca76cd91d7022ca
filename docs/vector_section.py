"""The vectors of a rule, in Markdown: how many there are, and the mistakes that they catch."""

from collections import Counter
from collections.abc import Iterator

from markup import code, prose, table, thread

from goldenrule.conformance.files.kinds import COMPUTES
from goldenrule.conformance.files.vector_file import VectorFile
from goldenrule.conformance.generator.separation import INSEPARABLE
from goldenrule.spec.rule import Rule


def vectors(rule: Rule, files: dict[str, VectorFile]) -> Iterator[str]:
    """Count the vectors, and name the pairs of dialects that they cannot tell apart."""
    yield "## Vectors\n"
    yield "Cases by kind, those with half-precision profiles, and the numbers they ask for.\n"
    rows = []
    for dialect, file in files.items():
        kinds = Counter(case.kind for case in file.cases)
        half = sum("bfloat16" in case.profiles for case in file.cases)
        steps = [step for case in file.cases for step in case.steps]
        numbers = sum(len(x.exact.split()) for step in steps for x in step.expected.values())
        counts = (len(file.cases), *(kinds[kind] for kind in COMPUTES), half, numbers)
        rows.append((code(dialect), *(str(n or "") for n in counts)))
    head = ("dialect", "cases", *COMPUTES, "half precision", "numbers")
    yield from table(head, rows)
    profiles = dict.fromkeys(p for file in files.values() for p in file.profiles)
    yield f"\nProfiles: {', '.join(map(code, profiles))}."
    pairs = {(a, b): why for (of, a, b), why in INSEPARABLE.items() if of == rule.name}
    for (first, second), why in pairs.items():
        yield f"\nNo vector can tell `{first}` from `{second}`: {prose(why)}."


def flags(files: dict[str, VectorFile]) -> Iterator[str]:
    """Name the mistakes that the vectors catch."""
    flags = {flag: item for file in files.values() for flag, item in file.flags.items()}
    yield "### Mistakes they catch\n"
    rows = []
    for flag in sorted(flags):
        links = (f"[{thread(link)}]({link})" for link in flags[flag].links)
        rows.append((code(flag), flags[flag].note, ", ".join(links)))
    yield from table(("flag", "mistake", "seen in"), rows)
