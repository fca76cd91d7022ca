"""The stored score: what is killed by rule and profile, what survives, and why."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from goldenrule.conformance.explain.words import code, escaped
from goldenrule.spec.catalogue import rules

from .tables import page, wide

Document = Mapping[str, Any]
SHOWN = 4
"""So many places of a mutant are shown."""

TITLES = {
    "intervals": "derived intervals",
    "onnx": "ONNX tolerance",
    "torch": "torch tolerance",
    "plain": "intervals, plain inputs",
}


def score(document: Document) -> Iterator[str]:
    """Give a row for every rule and profile: fractions killed, and right forms rejected."""
    rows = []
    for rule in filter(document["rules"].__contains__, rules()):
        for profile, counts in document["rules"][rule]["profiles"].items():
            wrong = counts["mutants"] - counts["equivalent"]
            killed = (_fraction(counts["killed"][name], wrong) for name in TITLES)
            alarms = counts["false_alarms"]
            false = (f"{alarms[name]} of {counts['forms']}" for name in ("onnx", "torch"))
            rows.append((page(rule), code(profile), str(wrong), *killed, *false))
    head = ("rule", "profile", "mutants", *TITLES.values(), "ONNX rejects", "torch rejects")
    yield from wide(head, rows)
    yield ""
    yield from _totals(document)


def totals(document: Document) -> Iterator[str]:
    """Give a row for every profile: all rules together."""
    found: dict[str, list[Document]] = {}
    for entry in document["rules"].values():
        for profile, counts in entry["profiles"].items():
            found.setdefault(profile, []).append(counts)
    rows = []
    for profile, all_counts in found.items():
        wrong = sum(c["mutants"] - c["equivalent"] for c in all_counts)
        killed = (_fraction(sum(c["killed"][x] for c in all_counts), wrong) for x in TITLES)
        forms = sum(c["forms"] for c in all_counts)
        false = (
            f"{sum(c['false_alarms'][x] for c in all_counts)} of {forms}"
            for x in ("intervals", "onnx", "torch")
        )
        rows.append((code(profile), f"{wrong:,}", *killed, *false))
    rejects = ("intervals reject", "ONNX rejects", "torch rejects")
    yield from wide(("profile", "mutants", *TITLES.values(), *rejects), rows)


def operators(document: Document) -> Iterator[str]:
    """Count what each kind of slip made, with all rules and profiles together."""
    rows = (
        (name, str(counts["mutants"]), _fraction(counts["killed"], counts["wrong"]))
        for name, counts in document["operators"].items()
    )
    yield from wide(("slip", "mutants", "killed"), rows)


def survivors(document: Document) -> Iterator[str]:
    """Name what no vector kills and is not proved equal, with the reason why it is right."""

    def reason(survivor: Document) -> tuple[str, str, float]:
        return survivor["equivalent"], survivor["mutant"], survivor["reach"] or 0.0

    rows = []
    for (why, mutant, reach), group in groupby(sorted(document["survivors"], key=reason), reason):
        parts: dict[str, list[str]] = {}
        for survivor in group:
            names = (survivor["rule"].rpartition("/")[2], survivor["dialect"], survivor["kind"])
            parts.setdefault("/".join(names), []).append(survivor["profile"])
        where = [f"{part} ({', '.join(names)})" for part, names in parts.items()]
        rows.append((code(mutant), escaped(_few(where)), escaped(why or "a hole"), f"{reach:.2g}"))
    yield from wide(("mutant", "where", "why it is right", "reach"), rows)


def proved(document: Document) -> Iterator[str]:
    """Name what is proved equal to the rule, in any dialect."""
    rows = []
    for name, group in groupby(sorted(document["equal"], key=_name), _name):
        parts = sorted({f"{x['rule'].rpartition('/')[2]}/{x['dialect']}" for x in group})
        rows.append((code(name), escaped(_few(parts))))
    yield from wide(("mutant", "dialects"), rows)


def _few(names: list[str]) -> str:
    """Write the first names of many; all stand in the stored file.

    >>> _few(["a", "b", "c", "d", "e", "f"])
    'a, b, c, d and 2 more'
    """
    if len(names) <= SHOWN + 1:
        return ", ".join(names)
    return f"{', '.join(names[:SHOWN])} and {len(names) - SHOWN} more"


def _name(entry: Document) -> str:
    return entry["mutant"]


def _totals(document: Document) -> Iterator[str]:
    """Say what all rows amount to."""
    counts = [c for rule in document["rules"].values() for c in rule["profiles"].values()]
    wrong = sum(c["mutants"] - c["equivalent"] for c in counts)
    parts = (
        f"{title} {_fraction(sum(c['killed'][name] for c in counts), wrong)}"
        for name, title in TITLES.items()
    )
    made = sum(rule["made"] for rule in document["rules"].values())
    info = document["_info"]
    yield (
        f"All together, {made} mutants in {wrong} arithmetics: {', '.join(parts)}. Measured on "
        f"{info['date']} with goldenrule {info['goldenrule']} and NumPy {info['numpy']}."
    )


def _fraction(part: int, whole: int) -> str:
    """A percentage, 100 only if it is everything."""
    if part == whole:
        return "100 %"
    return f"{int(1000 * part / whole) / 10} %"
