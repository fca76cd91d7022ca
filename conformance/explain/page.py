"""A page: prose in Markdown, and parts made from the specification, each alone on a line.

`{{ equations keras }}` is the part `equations` with the argument `keras`. On the page of a rule
parts are about that rule; elsewhere the argument begins with the rule's name, to which a dialect
may be joined: `{{ equations optimizers/adam/keras }}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from goldenrule.spec.catalogue import rules
from goldenrule.spec.claim import claims_for
from goldenrule.spec.proofs.fact import ClaimError
from goldenrule.spec.rule import Rule

from .blocks import Block
from .catalogue import PARTS, checks

PART = re.compile(r"^\{\{ *(\w+)((?: +[^\s{}]+)*) *\}\}$", re.MULTILINE)
BROKEN = re.compile(r"^[ \t]*\{\{.*", re.MULTILINE)
"""What begins like a part."""
CLAIMS = ("claim", "proof", "claims")


class PageError(ValueError):
    """A page that cannot be read: an unknown part, dialect or claim."""


@dataclass(frozen=True)
class Part:
    """A part of a page: its name, the rule it is about, if any, and its argument."""

    name: str
    rule: Rule | None
    argument: str

    @property
    def here(self) -> bool:
        """Whether the part is one of a rule; others are for the site alone."""
        return self.name in PARTS or self.name in CLAIMS

    def blocks(self, checked: bool = True) -> Iterator[Block]:
        """Make what the part shows; claims are checked on the way unless told otherwise.

        Raises PageError when the part is about no rule, when its argument is wrong, and when a
        claim is not shown to be true.
        """
        if self.rule is None:
            raise PageError(f"part {self.name!r} says no rule")
        try:
            if self.name in CLAIMS:
                yield from checks(self.name)(self.rule, self.argument, checked)
            else:
                yield from PARTS[self.name](self.rule, self.argument)
        except (ValueError, ClaimError) as error:
            raise PageError(f"part {self.name!r}: {error}") from None


@dataclass(frozen=True)
class Page:
    """A page's pieces, in order: prose as it stands, and parts."""

    pieces: tuple[str | Part, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts alone."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Part))

    def shown(self) -> set[tuple[str, ...]]:
        """Tell what the parts show: ('rule', r), ('dialect', r, d), ('claim', r, c)."""
        found: set[tuple[str, ...]] = set()
        for part in self.parts:
            if part.rule is not None and part.name == "equations":
                found.add(("rule", part.rule.name))
                found.add(("dialect", part.rule.name, part.argument))
            elif part.rule is not None and part.name in CLAIMS:
                found |= {("claim", part.rule.name, name) for name in part.argument.split()}
        return found


def everything() -> set[tuple[str, ...]]:
    """List what the pages together must show: all rules, dialects and claims."""
    found: set[tuple[str, ...]] = set()
    for name, rule in rules().items():
        found.add(("rule", name))
        found |= {("dialect", name, dialect.name) for dialect in rule.dialects}
        found |= {("claim", name, claim.name) for claim in claims_for(name)}
    return found


def read(text: str, about: Rule | None = None) -> Page:
    """Take a page apart; `about` is the rule whose page it is.

    `{{ claims }}` alone means the claims that the page shows nowhere else.

    Raises PageError for a line that begins like a part and is none.
    """
    pieces: list[str | Part] = []
    end = 0
    if wrong := BROKEN.search(PART.sub("", text)):
        raise PageError(f"no part: {wrong[0].strip()}")
    for found in PART.finditer(text):
        pieces += [text[end : found.start()], _part(found[1], found[2].strip(), about)]
        end = found.end()
    pieces.append(text[end:])
    named = {
        name
        for piece in pieces
        if isinstance(piece, Part) and piece.rule == about and piece.name in CLAIMS
        for name in piece.argument.split()
    }
    return Page(tuple(_rest(piece, named) for piece in pieces if piece != ""))


def _part(name: str, argument: str, about: Rule | None) -> Part:
    """Find out which rule a part is about."""
    first, _, rest = argument.partition(" ")
    family, _, member = first.partition("/")
    rule, _, dialect = member.partition("/")
    if known := rules().get(f"{family}/{rule}"):
        return Part(name, known, f"{dialect} {rest}".strip())
    return Part(name, about, argument)


def _rest(piece: str | Part, named: set[str]) -> str | Part:
    """Name the claims that `{{ claims }}` is left to show."""
    if isinstance(piece, str) or piece.name != "claims" or piece.argument or piece.rule is None:
        return piece
    names = [c.name for c in claims_for(piece.rule.name) if c.name not in named]
    return Part("claims", piece.rule, " ".join(names))


def page_of(rule: Rule) -> Page:
    """Read the page of a rule; raise PageError where it has none."""
    path = files("goldenrule.docs").joinpath(f"{rule.name}.md")
    if not path.is_file():
        raise PageError(f"{rule.name}: no page")
    return read(path.read_text(encoding="utf-8"), rule)
