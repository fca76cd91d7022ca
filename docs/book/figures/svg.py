"""Drawings made small: places to a tenth of a point, and only those that bend a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

SLACK = 0.1
"""How far from a line, in points, places may lie that are left out of it."""
ATTRIBUTES = re.compile(r' (?:d|x|y)="[^"]*"|translate\([^)]*\)')
LINES = re.compile(r"M [^MQC]*?(?=M|z|\s*$)")
DECIMALS = re.compile(r"-?\d+\.\d+")
INDENTED = re.compile(r"\n\s+")

Place = tuple[float, float]


def compact(drawing: str) -> str:
    r"""Write a drawing in fewer letters, which looks the same.

    >>> compact('<path d="M 0.004 1.237 \nL 0.5 1.24 \nL 2.5 1.24 \nL 4 5 \nz\n"/>')
    '<path d="M0 1.2 2.5 1.2 4 5z"/>'
    """
    return INDENTED.sub("\n", ATTRIBUTES.sub(_shortened, drawing))


def _shortened(found: re.Match[str]) -> str:
    """Round the numbers of an attribute, and thin its lines; letters are drawn with curves."""
    text = DECIMALS.sub(lambda number: _written(float(number[0])), found[0])
    if text.startswith(' d="M'):
        start, line, end = text[:4], text[4:-1].strip(), '"'
        if not {"Q", "C"} & set(line):
            line = re.sub(r"\s*\n", "", LINES.sub(_thin, line))
        return start + line + end
    return text


def _thin(found: re.Match[str]) -> str:
    """Write a line as the places that bend it; one of no length is a dot."""
    numbers = list(map(float, re.findall(r"-?[\d.]+", found[0])))
    places = list(zip(numbers[::2], numbers[1::2], strict=True))
    if len(places) == 2 and places[0] == places[1]:
        return f"M{_place(places[0])}h0"
    return "M" + " ".join(map(_place, thinned(places)))


def thinned(places: Sequence[Place]) -> Iterator[Place]:
    """Leave out places that lie on the line between those that stay.

    >>> list(thinned([(0, 0), (1, 0.01), (2, 0), (2, 1)]))
    [(0, 0), (2, 0), (2, 1)]
    """
    last, passed = places[0], []
    yield last
    for here, following in pairwise(places[1:]):
        passed.append(here)
        if any(_distance(place, last, following) > SLACK for place in passed):
            last, passed = here, []
            yield last
    yield from places[1:][-1:]


def _distance(place: Place, one: Place, other: Place) -> float:
    """How far a place is from the stretch between two others."""
    along = complex(other[0] - one[0], other[1] - one[1])
    to = complex(place[0] - one[0], place[1] - one[1])
    share = (to * along.conjugate()).real / abs(along) ** 2 if along else 0.0
    return abs(to - min(max(share, 0.0), 1.0) * along)


def _place(place: Place) -> str:
    return " ".join(_written(number, 1) for number in place)


def _written(number: float, digits: int = 2) -> str:
    return f"{round(number, digits) + 0.0:.{digits}f}".rstrip("0").rstrip(".")
