"""Every picture of the book by its name, as Markdown and as files."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from ..parts.arguments import chosen
from . import (
    anatomy,
    averages,
    decay,
    dialects,
    flip,
    groups,
    histograms,
    outside,
    rates,
    stability,
    trajectories,
    variance,
    velocity,
    windows,
)
from .picture import Picture
from .style import SCHEMES

FIGURES: Mapping[str, Picture] = {
    **trajectories.PICTURES,
    **rates.PICTURES,
    **averages.PICTURES,
    **stability.PICTURES,
    **velocity.PICTURES,
    **dialects.PICTURES,
    **decay.PICTURES,
    **groups.PICTURES,
    **variance.PICTURES,
    **windows.PICTURES,
    **outside.PICTURES,
    **flip.PICTURES,
    **anatomy.PICTURES,
    **histograms.PICTURES,
}
FOLDER = "assets/figures"
_PROCESSES = 2


def markdown(argument: str) -> str:
    """Markdown of a picture with its caption: of two files, the page shows what fits its scheme.

    Raises ValueError for an unknown name.
    """
    picture = chosen(FIGURES, "figure", argument)
    images = "\n".join(
        f"![{picture.alt}](/{FOLDER}/{argument}-{scheme.name}.svg#only-{scheme.name})"
        for scheme in SCHEMES
    )
    caption = f'<figcaption markdown="span">{picture.caption}</figcaption>'
    return f'<figure markdown="span" id="figure-{argument}">\n{images}\n{caption}\n</figure>'


def write(folder: Path) -> None:
    """Draw every picture in both schemes into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as processes:
        for name, drawings in zip(FIGURES, processes.map(drawn, FIGURES), strict=True):
            for scheme, drawing in zip(SCHEMES, drawings, strict=True):
                (folder / f"{name}-{scheme.name}.svg").write_text(drawing, encoding="utf-8")


def drawn(name: str) -> list[str]:
    """A picture in each scheme."""
    return [FIGURES[name].svg(scheme) for scheme in SCHEMES]
