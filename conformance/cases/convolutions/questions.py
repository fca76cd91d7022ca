"""One question of a convolution, put to every dialect that takes it.

All dialects are given the same tensors and the same attributes, but for the padding, which only
some are told. So every pair of dialects shares the question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from goldenrule.reference.windows.meetings import Meetings

from ..case import Case, gradient, layer

Tensors = Mapping[str, np.ndarray]
Windows = Callable[..., Meetings]


@dataclass(frozen=True)
class Geometry:
    """Integers that say where the kernel goes; `border` are those that only some are told."""

    stride: tuple[int, ...]
    dilation: tuple[int, ...]
    groups: int = 1
    border: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """A geometry and the tensors in it; `dialects` are those asked, if not all."""

    id: str
    comment: str
    flags: Sequence[str]
    geometry: Geometry
    x: np.ndarray
    w: np.ndarray
    b: np.ndarray | None = None
    dialects: Sequence[str] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """The windows of the dialects that are told the border, and of those that are not."""

    told: Mapping[str, Windows]
    others: Mapping[str, Windows]

    def forward(self, question: Question) -> Iterator[Case]:
        """Ask for y, with a bias if one is given."""
        given = {"x": question.x, "w": question.w}
        if question.b is not None:
            given["b"] = question.b
        for dialects, attributes in self._asked(question):
            yield layer(
                question.id,
                question.comment,
                given=given,
                hyper={},
                flags=question.flags,
                attributes=attributes,
                options=() if question.b is None else ("bias",),
                outcomes=question.outcomes,
                dialects=dialects,
            )

    def backward(self, question: Question, dy: Callable[..., np.ndarray]) -> Iterator[Case]:
        """Ask for the gradients; `dy` makes a tensor of the shape of y, which not all share."""
        for dialects, attributes in self._asked(question):
            by_shape: dict[tuple[int, ...], list[str]] = {}
            for name in dialects:
                windows = {**self.told, **self.others}[name]
                y, *_ = windows(question.x, question.w, **attributes).shapes
                by_shape.setdefault(y, []).append(name)
            for shape, some in by_shape.items():
                yield gradient(
                    f"gradient-{question.id}",
                    question.comment,
                    given={"dy": dy(*shape), "x": question.x, "w": question.w},
                    hyper={},
                    flags=question.flags,
                    attributes=attributes,
                    outcomes=question.outcomes,
                    dialects=some,
                )

    def _asked(self, question: Question) -> Iterator[tuple[list[str], dict[str, Any]]]:
        at = question.geometry
        common = {"stride": at.stride, "dilation": at.dilation, "groups": at.groups}
        for windows, attributes in ((self.told, common | dict(at.border)), (self.others, common)):
            asked = [name for name in windows if name in (question.dialects or windows)]
            if asked:
                yield asked, attributes
