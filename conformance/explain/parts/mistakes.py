"""The known mistakes with a rule, and how the vectors detect each: `{{ mistakes }}`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from goldenrule.reference import catalogue
from goldenrule.spec.rule import Rule

from ...files.kinds import GRADIENT
from ...mistakes import mistakes_of
from ...mistakes.dialects import links_of
from ...mistakes.kinds import kind_of
from ...mistakes.mistake import Mistake
from ..blocks import Block, Folded, Items, Paragraph, Table
from ..words import code, escaped, threads


def part(rule: Rule, argument: str) -> Iterator[Block]:
    """Tabulate the mistakes of the rule's own, then, folded, those of any rule of its kind.

    Raises ValueError for an argument.
    """
    if argument:
        raise ValueError(f"mistakes takes no argument, not {argument!r}")
    measured = _measured()
    tried = measured["rules"][rule.name]
    kinds: dict[str, list[Mistake]] = {}
    for mistake in _tried(rule.name, tried):
        kinds.setdefault(kind_of(mistake), []).append(mistake)
    yield Paragraph(
        f"{len(tried)} known mistakes, each made in the reference text of every dialect where it "
        "can be made, and put to all cases of that dialect. 28/31 says that 28 of 31 cases reject "
        "it in a profile. Where few do, the last column names the flags whose cases reject it far "
        f"more often than others. Measured on {measured['_info']['date']}."
    )
    own = kinds.pop("", [])
    if own:
        yield _table(own, tried)
    for kind, some in kinds.items():
        yield Folded(f"{kind} ({len(some)})", (_table(some, tried),))
    yield from _unseen(tried)
    confused = [
        (d.name, links) for d in rule.dialects if (links := links_of(f"{rule.name}/{d.name}"))
    ]
    if confused:
        yield Paragraph("Dialects that people took for another, whose vectors reject them:")
        yield Items(tuple(f"`{name}`: {threads(links)}" for name, links in confused))


def _tried(rule: str, tried: Collection[str]) -> Iterator[Mistake]:
    """Yield the mistakes that were tried; of those with one name, the one that has a place."""
    every = [mistake for mistake in mistakes_of(rule) if mistake.name in tried]
    forms = [
        form for kind in ("step", GRADIENT) for form, *_ in catalogue.forms(rule, kind).values()
    ]
    for name, count in Counter(mistake.name for mistake in every).items():
        some = [mistake for mistake in every if mistake.name == name]
        yield some[0] if count == 1 else next(m for m in some if any(map(m.made_in, forms)))


def _table(some: Sequence[Mistake], tried: dict[str, Any]) -> Table:
    """Tabulate mistakes with what rejects them."""
    profiles = list(_measured()["profiles"])
    rows = [
        (
            code(mistake.name),
            escaped(mistake.sentence),
            threads(mistake.links),
            *(_count(tried[mistake.name]["profiles"].get(profile)) for profile in profiles),
            ", ".join(map(code, tried[mistake.name]["flags"])),
        )
        for mistake in some
    ]
    return Table(("name", "mistake", "seen in", *profiles, "flags"), tuple(rows))


def _count(count: Sequence[int] | None) -> str:
    """Write rejected cases of those that were asked; nothing where none was."""
    return f"{count[0]}/{count[1]}" if count else ""


def _unseen(tried: dict[str, Any]) -> Iterator[Block]:
    """Say why a mistake may be rejected nowhere."""
    if any(not rejected for one in tried.values() for rejected, _ in one["profiles"].values()):
        yield Paragraph(
            "Where no case rejects a mistake, none could: there it equals the rule over the reals, "
            "or stays within the rounding of the profile. The "
            "[score](/theory/detection.md) lists each with its reason."
        )


@cache
def _measured() -> dict[str, Any]:
    """Read what was measured, with the names of all profiles."""
    text = files("goldenrule.docs").joinpath("measured", "mistakes.json").read_text("utf-8")
    measured = json.loads(text)
    every = (one["profiles"] for rule in measured["rules"].values() for one in rule.values())
    return measured | {"profiles": dict.fromkeys(name for profiles in every for name in profiles)}
