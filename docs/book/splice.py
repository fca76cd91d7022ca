"""Pages with their parts filled in, as Markdown that any generator can read."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import count

from goldenrule.conformance.explain.markdown import markdown
from goldenrule.conformance.explain.numbering import numbered
from goldenrule.conformance.explain.page import Page, PageError, Part, everything, read
from goldenrule.spec.catalogue import rules
from goldenrule.spec.proofs.fact import ClaimError

from .parts.catalogue import PARTS

LINK = re.compile(r"""(\]\(|\b(?:src|href)=")/(?!/)([^\s")]*)""")


def pages(texts: Mapping[str, str]) -> dict[str, Page]:
    """Read pages by their paths, and look at what they show.

    Raises PageError, which names the page, for an unknown part, dialect or claim, and for a rule,
    dialect or claim that no page shows.
    """
    found, known = {}, everything()
    for path, text in texts.items():
        found[path] = _read(path, text)
        for part in found[path].parts:
            if not part.here and part.name not in PARTS:
                raise PageError(f"{path}: no part {part.name!r}")
        if unknown := found[path].shown() - known:
            raise PageError(f"{path}: there is no {', '.join(map(_named, sorted(unknown)))}")
    if missing := known - set().union(*(page.shown() for page in found.values())):
        raise PageError(f"shown on no page: {', '.join(map(_named, sorted(missing)))}")
    return found


def _named(what: tuple[str, ...]) -> str:
    kind, rule, *others = what
    return f"{kind} {'/'.join((rule, *others))}"


def spliced(texts: Mapping[str, str]) -> dict[str, str]:
    """Fill in the parts of all pages; proofs are checked in as many processes as there are cores.

    Raises PageError, which names the page, where a part cannot be made.
    """
    longest_first = sorted(texts, key=lambda path: -texts[path].count("{{"))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        making = {pool.submit(_made, path, texts[path]): path for path in longest_first}
        try:
            made = {making[future]: future.result() for future in as_completed(making)}
        except PageError:
            pool.shutdown(cancel_futures=True)
            raise
    return {path: relative(path, made[path]) for path in texts}


def _made(path: str, text: str) -> str:
    """Fill in one page."""
    page = _read(path, text)
    try:
        return "".join(_pieces(page.pieces))
    except PageError as error:
        raise PageError(f"{path}: {error}") from None


def _read(path: str, text: str) -> Page:
    """Read a page; one whose path is that of a rule is about it."""
    try:
        return read(text, rules().get(path.removesuffix(".md")))
    except PageError as error:
        raise PageError(f"{path}: {error}") from None


def _pieces(pieces: Iterable[str | Part]) -> Iterator[str]:
    numbers = count(1)
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
            continue
        try:
            if piece.here:
                yield markdown(numbered(piece.blocks(), numbers))
            else:
                yield PARTS[piece.name](piece.argument)
        except PageError:
            raise
        except (ValueError, ClaimError, OSError) as error:
            raise PageError(f"part {piece.name!r}: {error}") from None


def relative(path: str, text: str) -> str:
    """Write links that begin at the root of the book from a page's own place.

    >>> relative("theory/errata.md", "[Adam](/optimizers/adam.md#update)")
    '[Adam](../optimizers/adam.md#update)'
    """
    folder = posixpath.dirname(path) or "."
    return LINK.sub(lambda link: link[1] + posixpath.relpath(link[2], folder), text)
