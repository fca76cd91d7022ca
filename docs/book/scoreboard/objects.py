"""The properties of optimizer objects, by object and profile."""

from collections import Counter
from collections.abc import Iterator

from goldenrule.conformance.explain.words import code

from ..parts.tables import page, wide
from .run import Run


def properties(run: Run) -> Iterator[str]:
    """Give a row for every object, all profiles together."""
    found: dict[tuple[str, str, str], list] = {}
    for item in run.objects:
        found.setdefault((item["backend"], item["rule"], item["dialect"]), []).append(item)
    rows = []
    for (backend, rule, dialect), items in found.items():
        counts: Counter[str] = Counter()
        for item in items:
            counts.update(item["properties"])
        asked = counts.total() - counts["not applicable"]
        holds = counts["holds"]
        colour = "conforms" if holds == asked else "deviates"
        names = dict.fromkeys(name for item in items for name in item["implementations"])
        rows.append(
            (
                code(backend),
                f"{page(rule)}/{dialect}",
                " ".join(code(item["profile"]) for item in items),
                ", ".join(names),
                f"{holds} of {asked} {{: .{colour} }}",
                ", ".join(sorted({one["property"] for x in items for one in x["deviations"]})),
            )
        )
    head = ("backend", "optimizer", "profiles", "implementations", "properties hold", "violated")
    yield from wide(head, rows)
