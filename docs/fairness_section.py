"""The stored fuzz run, in Markdown: how near right code came to its bounds, and which are slack."""

from collections.abc import Iterator, Mapping
from typing import Any

from markup import code, table

Document = Mapping[str, Any]


def fairness(document: Document) -> Iterator[str]:
    """Give a row for every backend and profile."""
    rows = (
        (
            row["backend"],
            code(row["profile"]),
            f"{row['numbers']:,}",
            str(row["violations"]),
            _figure(row["worst_error_over_bound"]),
            _figure(row["median_error_over_bound"]),
        )
        for row in document["profiles"]
    )
    worst, median = "worst error/bound", "median error/bound"
    yield from table(("backend", "profile", "numbers judged", "rejected", worst, median), rows)
    yield ""
    yield from _what_was_run(document)


def slack(document: Document) -> Iterator[str]:
    """Name the bounds of which no backend used more than a twentieth."""
    found: dict[tuple[str, ...], list[Document]] = {}
    for row in document["rows"]:
        if row["slack"]:
            key = (row["rule"], row["dialect"], row["output"], row["profile"])
            found.setdefault(key, []).append(row)
    if not found:
        yield "None."
        return
    rows = (
        (
            f"[{rule.rpartition('/')[2]}]({rule}.md)/{dialect}",
            code(output),
            code(profile),
            _figure(max(row["worst_error_over_bound"] for row in of_backends)),
            str(sum(row["errors"] for row in of_backends)),
            "any-order sum" if of_backends[0]["any_order_sum"] else "",
        )
        for (rule, dialect, output, profile), of_backends in sorted(found.items())
    )
    yield from table(("rule", "output", "profile", "worst error/bound", "errors", ""), rows)


def _what_was_run(document: Document) -> Iterator[str]:
    """Say how long, what was not judged or not reached, on which releases and when."""
    info = document["_info"]
    releases = ", ".join(f"{name} {text}" for name, text in info.items() if name != "date")
    reached = document["subjects"] - len(document["not_reached"])
    yield (
        f"{document['seconds']:g} s for each framework, seed {document['seed']}: {reached} of "
        f"{document['subjects']} declarations, with each set of options and in each profile, were "
        f"reached. Measured on {info['date']}; {releases}."
    )
    if document["not_judged"]:
        yield ""
        yield "Known deviations, which are not judged:"
        yield ""
    for one in document["not_judged"]:
        yield f"- {code(one['declaration'])}, {', '.join(one['outputs'])}: {one['reason']}"


def _figure(number: float | None) -> str:
    return "" if number is None else f"{number:.3g}"
