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
from ..formulas import code, escaped


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
        f"{len(tried)} known mistakes, each made in the reference of every dialect that has room "
        "for it, and put to all cases of that dialect. The table says how many of the cases reject "
        "it in each profile and, unless most do, which flags foretell it best. Measured on "
        f"{measured['_info']['date']}."
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
        yield Items(tuple(f"`{name}`: {_threads(links)}" for name, links in confused))


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
            _threads(mistake.links),
            *(_count(tried[mistake.name]["profiles"].get(profile)) for profile in profiles),
            ", ".join(map(code, tried[mistake.name]["flags"])),
        )
        for mistake in some
    ]
    return Table(("name", "mistake", "seen in", *profiles, "told by the flags"), tuple(rows))


def _count(count: Sequence[int] | None) -> str:
    """Write rejected cases of those that were asked; nothing where none was."""
    return f"{count[0]} of {count[1]}" if count else ""


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


def _threads(links: Sequence[str]) -> str:
    """Shorten the addresses of threads: pytorch#142323."""
    written = []
    for link in links:
        *_, repository, _, number = link.split("/")
        written.append(f"[{repository}#{number}]({link})")
    return ", ".join(written)
