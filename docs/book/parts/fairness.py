"""The stored fuzz run: how near right code came to its bounds, and which bounds are slack."""

from collections.abc import Iterator, Mapping
from typing import Any

from goldenrule.conformance.explain.words import code, escaped

from .tables import figure, page, wide

Document = Mapping[str, Any]

STORE = "python -m goldenrule.docs.book.store"


def fairness(document: Document) -> Iterator[str]:
    """Give a row for every backend and profile."""
    rows = (
        (
            row["backend"],
            code(row["profile"]),
            f"{row['numbers']:,}",
            str(row["violations"]),
            figure(row["worst_error_over_bound"]),
            figure(row["median_error_over_bound"]),
        )
        for row in document["profiles"]
    )
    worst, median = "worst error/bound", "median error/bound"
    yield from wide(("backend", "profile", "numbers judged", "rejected", worst, median), rows)
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
            f"{page(rule)}/{dialect}",
            code(output),
            code(profile),
            figure(max(row["worst_error_over_bound"] for row in of_backends)),
            str(sum(row["errors"] for row in of_backends)),
            "any-order sum" if of_backends[0]["any_order_sum"] else "",
        )
        for (rule, dialect, output, profile), of_backends in sorted(found.items())
    )
    yield from wide(("rule", "output", "profile", "worst error/bound", "errors", ""), rows)


def command(document: Document) -> str:
    """Write the command that made the report."""
    backends = " ".join(dict.fromkeys(x["backend"].split("-")[0] for x in document["profiles"]))
    seed = f"--seconds {document['seconds']:g} --seed {document['seed']}"
    return f"goldenrule fuzz {backends} {seed} --json fuzz.json"


def _what_was_run(document: Document) -> Iterator[str]:
    """Say how long, what was not judged or not reached, on which releases and when."""
    info = document["_info"]
    releases = ", ".join(f"{name} {text}" for name, text in info.items() if name != "date")
    reached = document["subjects"] - document["not_reached"]
    yield (
        f"{document['seconds']:g} s for each framework, seed {document['seed']}: {reached:,} of "
        f"{document['subjects']:,} declarations, with each set of options and in each profile, "
        f"were reached. Measured on {info['date']}; {releases}."
    )
    yield from ("", "```sh", command(document), f"{STORE} fuzz fuzz.json", "```")
    if document["not_judged"]:
        yield ""
        yield "Known deviations, which are not judged:"
        yield ""
    for one in document["not_judged"]:
        outputs = ", ".join(map(code, one["outputs"]))
        yield f"- {code(one['declaration'])}, {outputs}: {escaped(one['reason'])}"
