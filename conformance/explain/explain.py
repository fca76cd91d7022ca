"""`goldenrule explain`: the page of a rule, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from goldenrule.spec.catalogue import find

from .blocks import Block
from .numbering import numbered
from .page import Page, page_of
from .prose import blocks as prose
from .terminal import terminal


def explain(name: str, proofs: bool = False) -> str:
    """Print the page of a rule as text, 100 columns wide.

    With proofs, the claims are checked and each is shown with its status and the steps of its
    proof.

    Raises ValueError, with the nearest names, when there is no such rule.
    """
    rule = find(name)
    heading = f"{rule.name}: "
    return terminal(numbered(_blocks(page_of(rule), proofs)), heading, folded=proofs)


def _blocks(page: Page, proofs: bool) -> Iterator[Block]:
    """Read prose and make parts; pictures and what only a site can hold are left out."""
    for piece in page.pieces:
        if isinstance(piece, str):
            yield from prose(piece)
        elif piece.here:
            yield from piece.blocks(checked=proofs)
