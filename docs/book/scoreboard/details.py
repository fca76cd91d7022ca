"""Every rule by itself: what each implementation declares, and how it was judged."""

from collections.abc import Iterator

from goldenrule.conformance.explain.words import code, escaped
from goldenrule.spec.catalogue import rules

from ..parts.arguments import family
from ..parts.tables import figure, wide
from .run import Entry, Run, deviate, worst

HEAD = ("implementation", "dialect", "verdict", "error/bound", "worst ulp", "cases", "profiles")


def details(run: Run, argument: str) -> Iterator[str]:
    """Give a table for every rule of a family.

    Raises ValueError if there is no such family.
    """
    begin = family(argument)
    for name, rule in rules().items():
        if name.startswith(begin):
            yield f"### {rule.title} {{: #{name.rpartition('/')[2]} }}"
            yield ""
            yield f"[The rule](/{name}.md), its equations and its dialects."
            yield ""
            yield from wide(HEAD, _rows(run.of(name)), "details")
            yield ""


def _rows(entries: list[Entry]) -> Iterator[tuple[str, ...]]:
    """Give a row for each implementation and dialect, all profiles together."""
    found: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in entries:
        found.setdefault((entry.backend, entry.dialect, entry.computes), []).append(entry)
    for (backend, dialect, computes), group in found.items():
        yield (
            code(backend),
            code(dialect) + (" gradient" if computes == "gradient" else ""),
            _verdict(group),
            figure(worst(group)),
            figure(max(entry.worst_ulp for entry in group)),
            str(sum(entry.judged for entry in group)),
            " ".join(code(entry.profile) for entry in group),
        )


def _verdict(group: list[Entry]) -> str:
    """Say in a word what came of it; the colour says so, too."""
    if deviating := sum(len(entry.deviations) for entry in group):
        return f"{deviate(deviating)} {{: .deviates }}"
    if unchecked := [entry for entry in group if entry.verdict == "not checked"]:
        profiles = ", ".join(entry.profile for entry in unchecked)
        return f"not checked in {profiles}: {escaped(unchecked[0].reason)} {{: .absent }}"
    return "conforms {: .conforms }"
