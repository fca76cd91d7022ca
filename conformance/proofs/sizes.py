"""The shapes and attributes for which layers are proved: every attribute is active in some.

Groups have 1 to 4 elements, images 1 to 3 spatial axes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Shape = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Size:
    """Shapes of tensors by name, and integer attributes."""

    shapes: Mapping[str, Shape]
    attributes: Mapping[str, Any]

    def __str__(self) -> str:
        """Name the shape of x, and those attributes that are one integer."""
        plain = (f"{n} = {a}" for n, a in self.attributes.items() if isinstance(a, int))
        return ", ".join((f"x of shape {self.shapes['x']}", *plain))


def _input(*shape: int, **attributes: int) -> Size:
    """Make a size of a normalization."""
    return Size({"x": shape}, attributes)


def _image(x: Shape, w: Shape, b: int, groups: int, **lines: tuple[Any, ...]) -> Size:
    """Make a size of a convolution."""
    return Size({"x": x, "w": w, "b": (b,)}, {"groups": groups, **lines})


ALONE = (_input(1, 2), _input(3, 1, 1))
"""Batches whose groups have one element, or three."""
BATCHES = (_input(2, 2), _input(3, 1), _input(2, 2, 2), _input(1, 1, 1, 3))
SAMPLES = (
    _input(2, 1, axis=1),
    _input(2, 3, axis=1),
    _input(1, 2, 2, axis=1),
    _input(2, 2, 2, axis=2),
    _input(1, 4, axis=1),
)
CONVOLVED = (
    _image((1, 2, 7), (2, 1, 3), 2, 2, stride=(2,), dilation=(2,), padding=((1, 2),)),
    _image((2, 2, 4), (2, 2, 2), 2, 1, stride=(1,), dilation=(1,), padding=((0, 0),)),
    _image((1, 4, 3), (2, 2, 2), 2, 2, stride=(3,), dilation=(1,), padding=((2, 1),)),
    _image((2, 6, 2), (4, 3, 1), 4, 2, stride=(1,), dilation=(1,), padding=((0, 0),)),
    _image(
        (1, 1, 3, 4), (1, 1, 2, 3), 1, 1,
        stride=(1, 2), dilation=(2, 1), padding=((0, 1), (2, 1)),
    ),
    _image(
        (1, 1, 2, 3, 2), (1, 1, 2, 1, 2), 1, 1,
        stride=(1, 2, 1), dilation=(1, 1, 1), padding=((1, 0), (0, 1), (1, 1)),
    ),
)  # fmt: skip
TRANSPOSED = (
    _image(
        (1, 2, 3), (2, 2, 3), 4, 2,
        stride=(2,), dilation=(2,), padding=((1, 2),), output_padding=(1,),
    ),
    _image(
        (2, 2, 2), (2, 1, 3), 1, 1,
        stride=(1,), dilation=(1,), padding=((0, 0),), output_padding=(0,),
    ),
    _image(
        (2, 6, 2), (6, 2, 1), 4, 2,
        stride=(1,), dilation=(1,), padding=((0, 0),), output_padding=(0,),
    ),
    _image(
        (1, 1, 2, 2), (1, 1, 3, 2), 1, 1,
        stride=(2, 3), dilation=(1, 1), padding=((0, 1), (1, 0)), output_padding=(0, 2),
    ),
    _image(
        (1, 1, 2, 1, 2), (1, 1, 2, 3, 1), 1, 1,
        stride=(1, 2, 2), dilation=(1, 1, 1), padding=((1, 0), (0, 1), (0, 0)),
        output_padding=(0, 1, 1),
    ),
)  # fmt: skip
PLAIN = tuple(
    Size({"x": x, "w": w}, {})
    for x, w in (((5,), (3,)), ((4,), (2,)), ((3,), (3,)), ((3, 4), (2, 3)), ((2, 3, 2), (2, 2, 1)))
)

SIZES: dict[str, tuple[Size, ...]] = {
    "normalizations/batch_norm": BATCHES,
    "normalizations/batch_norm/biased": (*ALONE, *BATCHES),
    "normalizations/batch_norm/fused": (*ALONE, *BATCHES),
    "normalizations/batch_norm/inference": (*ALONE, *BATCHES),
    "normalizations/layer_norm": SAMPLES,
    "normalizations/group_norm": (
        _input(1, 4, groups=2),
        _input(2, 2, groups=2),
        _input(2, 6, groups=3),
        _input(1, 2, 2, groups=1),
        _input(1, 4, 1, 2, groups=2),
        _input(1, 3, groups=1),
    ),
    "normalizations/instance_norm": (
        _input(2, 2, 2),
        _input(1, 2, 3),
        _input(3, 1, 2),
        _input(1, 1, 2, 2),
    ),
    "normalizations/rms_norm": SAMPLES,
    "convolutions/conv": CONVOLVED,
    "convolutions/conv_transpose": TRANSPOSED,
    "convolutions/cross_correlation": PLAIN,
    "convolutions/convolution": PLAIN,
}


def sizes(rule: str, dialect: str) -> tuple[Size, ...]:
    """Give the sizes for a dialect, its own or else its rule's.

    Raises KeyError for a rule without any.
    """
    return SIZES.get(f"{rule}/{dialect}") or SIZES[rule]
