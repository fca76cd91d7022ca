"""The questions every normalization is asked, from the shapes of its tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..case import Case, gradient, layer
from .inputs import EPS, Shape, around, numbers, spike, two_values

Attributes = Mapping[str, Any]

_DECIMAL_EPS = 1e-5


@dataclass(frozen=True)
class Suite:
    """What the standard cases of a rule, or of some of its dialects, are made from.

    `parameters` gives the shape of gamma from the shape of x and the attributes. `pairs` are a
    shape and attributes that make groups of two elements. `running` tells how the running mean and
    variance are given: as state, with the batch, or not at all. `dyadic` and `decimal` are the
    hyper-parameters beside eps.
    """

    shape: Shape
    parameters: Callable[[Shape, Attributes], Shape]
    pairs: tuple[Shape, Attributes]
    attributes: Attributes = field(default_factory=dict)
    option: str = "affine"
    names: tuple[str, ...] = ("gamma", "beta")
    running: str = ""
    dyadic: Mapping[str, float] = field(default_factory=dict)
    decimal: Mapping[str, float] = field(default_factory=dict)
    t: int = 1
    dialects: tuple[str, ...] = ()

    def layers(self) -> Iterator[Case]:
        """Every question about the outputs."""
        ask = self.forward
        yield ask("plain", "xhat by itself", "grouping", affine=False)
        yield ask("affine", "gamma and beta that differ from element to element", "affine")
        yield ask(
            "short-decimal", "values of 8 bits, for half types, and decimal scalars", "decimal",
            eps=1e-3, decimal=True,
        )  # fmt: skip
        yield ask(
            "small", "a deviation near the root of eps", "eps-placement",
            x=numbers("small", self.shape, exponent=-4), spread=2.0**-5,
        )  # fmt: skip
        yield ask(
            "decimal", "scalars and values with all their digits", "decimal",
            bits=24, eps=_DECIMAL_EPS, decimal=True,
        )  # fmt: skip
        yield ask(
            "small-decimal", "a deviation near the root of a decimal eps", "decimal",
            "eps-placement", x=numbers("small-decimal", self.shape, bits=24, exponent=-8),
            bits=24, spread=2.0**-9, eps=_DECIMAL_EPS, decimal=True, affine=False,
        )  # fmt: skip
        yield ask(
            "double", "values with all 53 bits of binary64", "full-precision",
            bits=53, eps=1e-3, decimal=True,
        )  # fmt: skip
        yield from self._means()
        yield ask(
            "constant", "without variance y is beta", "constant",
            x=np.full(self.shape, 1.25), centre=1.25, spread=0.25,
        )  # fmt: skip
        yield ask(
            "outlier", "one element outweighs all others", "outlier",
            x=spike("outlier", self.shape, height=128.0),
        )  # fmt: skip
        yield ask(
            "cancellation", "beta almost cancels gamma xhat", "cancellation",
            x=two_values("cancellation", self.shape), cancels=True,
        )  # fmt: skip
        yield self._pair(ask, "pair", "groups of two elements")
        yield from self._ranges()

    def gradients(self) -> Iterator[Case]:
        """Every question about the gradient."""
        ask = self.backward
        yield ask("plain", "the gradient of xhat", "gradient-terms", affine=False)
        yield ask(
            "affine", "with gamma, and for gamma and beta", "gradient-terms", "parameter-gradient"
        )
        yield ask(
            "short-decimal", "values of 8 bits, for half types, and a decimal eps", "decimal",
            eps=1e-3,
        )  # fmt: skip
        yield ask(
            "small", "a deviation near the root of eps", "eps-placement",
            x=numbers("small", self.shape, exponent=-4), spread=2.0**-5,
        )  # fmt: skip
        yield ask(
            "double", "values with all 53 bits of binary64", "full-precision", bits=53, eps=1e-3
        )
        yield ask("decimal", "values with all their digits", "decimal", bits=24, eps=_DECIMAL_EPS)
        yield ask(
            "mean-16", "a mean of 16, for half types", "large-mean",
            x=around("mean-16", self.shape, 16.0, grid=3), centre=16.0,
        )  # fmt: skip
        yield ask(
            "mean-1000", "a mean of 1000 and a variance near 1", "large-mean",
            x=around("mean-1000", self.shape, 1e3, grid=13), centre=1e3, bits=24,
        )  # fmt: skip
        yield ask(
            "mean-double", "a mean of 1000, and all 53 bits of binary64", "full-precision",
            "large-mean", x=around("mean-double", self.shape, 1e3, grid=42), centre=1e3, bits=53,
            affine=False,
        )  # fmt: skip
        yield ask(
            "constant", "without variance eps alone divides", "constant",
            x=np.full(self.shape, 1.25), centre=1.25, spread=0.25,
        )  # fmt: skip
        x = numbers("cancellation", self.shape)
        yield ask(
            "cancellation", "dy along the x it was made from: almost nothing is left of dx",
            "cancellation", "gradient-terms", x=x, dy=3 + 2 * x, affine=False,
        )  # fmt: skip
        yield self._pair(ask, "pair", "groups of two elements")
        yield ask(
            "large", "large elements and a small gradient", "extremes",
            x=numbers("large", self.shape, exponent=30), spread=2.0**30, affine=False,
        )  # fmt: skip

    def two_axes(self, shape: Shape) -> Iterator[Case]:
        """Ask for the outputs where a group has indices along two spatial axes."""
        yield self.forward("two-axes", "two spatial axes", "grouping", x=numbers("two-axes", shape))

    def gradient_two_axes(self, shape: Shape) -> Iterator[Case]:
        """Ask for the gradient where a group has indices along two spatial axes."""
        x = numbers("gradient-two-axes", shape)
        yield self.backward("two-axes", "two spatial axes", "grouping", x=x)

    def _means(self) -> Iterator[Case]:
        yield self.forward(
            "mean-16", "a mean of 16, for half types", "large-mean",
            x=around("mean-16", self.shape, 16.0, grid=3), centre=16.0,
        )  # fmt: skip
        yield self.forward(
            "mean-100", "a mean of 100 and a variance near 1", "large-mean",
            x=around("mean-100", self.shape, 100.0, grid=16), centre=100.0, bits=24,
        )  # fmt: skip
        yield self.forward(
            "mean-1000", "a mean of 1000 and a variance near 1", "large-mean",
            x=around("mean-1000", self.shape, 1e3, grid=13), centre=1e3, bits=24,
        )  # fmt: skip
        yield self.forward(
            "mean-double", "a mean of 1000, and all 53 bits of binary64", "full-precision",
            "large-mean", x=around("mean-double", self.shape, 1e3, grid=42), centre=1e3, bits=53,
            affine=False,
        )  # fmt: skip
        yield self.forward(
            "mean-10000", "a mean of 10000 and a variance near 1", "large-mean",
            x=around("mean-10000", self.shape, 1e4, grid=9), centre=1e4, bits=24, affine=False,
        )  # fmt: skip

    def _ranges(self) -> Iterator[Case]:
        for id, comment, flag, exponent, eps in (
            ("huge", "elements of 1e15", "extremes", 50, EPS),
            ("tiny-eps", "an eps of 2^-60, and elements near its root", "extremes", -30, 2**-60),
            ("subnormal", "elements subnormal in float32", "subnormal", -128, EPS),
            ("subnormal-double", "elements subnormal in float64", "subnormal", -1026, EPS),
        ):  # fmt: skip
            yield self.forward(
                id, comment, flag, x=numbers(id, self.shape, exponent=exponent),
                spread=2.0**exponent if exponent > -100 else 1.0, eps=eps, affine=False,
            )  # fmt: skip

    def _pair(self, ask: Callable[..., Case], id: str, comment: str) -> Case:
        shape, attributes = self.pairs
        return ask(id, comment, "few-elements", x=numbers(id, shape), attributes=attributes)

    def forward(
        self,
        id: str,
        comment: str,
        *flags: str,
        eps: float = EPS,
        decimal: bool = False,
        outcomes: Mapping[str, str] | None = None,
        **made: Any,
    ) -> Case:
        """Ask for the outputs, from tensors made or given."""
        given, options, attributes = self._given(id, **made)
        state = {}
        if self.running == "state":
            state = {name: given.pop(name) for name in ("running_mean", "running_var")}
        return layer(
            id,
            comment,
            given=given,
            hyper={**(self.decimal if decimal else self.dyadic), "eps": eps},
            flags=flags,
            attributes=attributes,
            state=state,
            t=self.t,
            options=options,
            outcomes=outcomes,
            dialects=self.dialects,
        )

    def backward(
        self,
        id: str,
        comment: str,
        *flags: str,
        eps: float = EPS,
        dy: np.ndarray | None = None,
        outcomes: Mapping[str, str] | None = None,
        **made: Any,
    ) -> Case:
        """Ask for the gradient, from tensors made or given."""
        given, options, attributes = self._given(id, **made)
        unused = {"beta"} if self.running == "given" else {"beta", "running_mean", "running_var"}
        given = {name: values for name, values in given.items() if name not in unused}
        if dy is None:
            dy = numbers(f"{id}/dy", given["x"].shape, bits=made.get("bits", 8))
        return gradient(
            f"gradient-{id}",
            comment,
            given={"dy": dy, **given},
            hyper={"eps": eps},
            flags=flags,
            attributes=attributes,
            options=options,
            outcomes=outcomes,
            dialects=self.dialects,
        )

    def _given(
        self,
        id: str,
        *,
        x: np.ndarray | None = None,
        bits: int = 8,
        centre: float = 0.0,
        spread: float = 1.0,
        affine: bool = True,
        cancels: bool = False,
        attributes: Attributes | None = None,
    ) -> tuple[dict[str, np.ndarray], tuple[str, ...], Attributes]:
        """The tensors of a case, its options and its attributes."""
        attributes = self.attributes if attributes is None else attributes
        x = numbers(id, self.shape, bits=bits) if x is None else x
        given = {"x": x}
        if self.running:
            given |= running(id, x.shape[1:2], bits=bits, centre=centre, spread=spread)
        if affine:
            shape = self.parameters(x.shape, attributes)
            parameters = {name: numbers(f"{id}/{name}", shape, bits=bits) for name in self.names}
            if cancels and "beta" in parameters:
                parameters["beta"] = -parameters["gamma"] * (15 / 16)
            given |= parameters
        return given, (self.option,) if affine else (), attributes


def running(
    id: str, shape: Shape, *, bits: int = 8, centre: float = 0.0, spread: float = 1.0
) -> dict[str, np.ndarray]:
    """A running mean near a centre, and a running variance near a square."""
    if centre > 4:
        mean = around(f"{id}/running_mean", shape, centre, grid=3 if bits == 8 else 9)
    else:
        mean = numbers(f"{id}/running_mean", shape, bits=bits) * spread
    variance = numbers(f"{id}/running_var", shape, bits=bits, positive=True) * spread**2
    return {"running_mean": mean, "running_var": variance}
