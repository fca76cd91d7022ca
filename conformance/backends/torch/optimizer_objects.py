"""torch.optim as objects, for the property checks: for-loop, foreach and fused in one declaration.

Source: PyTorch 2.13.0, torch/optim/optimizer.py.
"""

import io
from collections.abc import Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

import torch

from ... import Backend
from ..table import taking
from .optimizers import DIALECTS, FULL, FUSED, Dialect, keywords
from .tensors import Array, data_type, to_tensor

FOR_LOOP = {"for-loop": {"foreach": False}, "foreach": {"foreach": True}}
FUSED_LOOP = {"fused": {"fused": True}}
PATHS = {**FOR_LOOP, **FUSED_LOOP}

CONTEXT = ("theta", "profile", "implementation", "maximize?")


class Driver:
    """An optimizer of torch.optim and the parameters that it was given."""

    def __init__(
        self,
        dialect: Dialect,
        theta: Sequence[Array],
        profile: str,
        implementation: str,
        maximize: bool = False,
        **symbols: Any,
    ) -> None:
        """Make the optimizer of a dialect."""
        self.dialect = dialect
        self.dtype = data_type(profile)
        self.theta = self._parameters(theta)
        self.hyper = [symbols]
        switches = {name: name in symbols for name in dialect.switches}
        self.optimizer = dialect.optimizer(
            self.theta,
            **keywords(dialect, SimpleNamespace(**symbols)),
            **switches,
            **dialect.constants,
            **PATHS[implementation],
            maximize=maximize,
        )

    def parameters(self) -> Sequence[torch.Tensor]:
        """Return the parameters."""
        return self.theta

    def step(self, gradients: Sequence[Array | None]) -> None:
        """Put the gradients where backward() would, and take a step."""
        for parameter, gradient in zip(self.theta, gradients, strict=True):
            parameter.grad = None if gradient is None else to_tensor(gradient, self.dtype)
        self.optimizer.step()

    def gradients(self) -> Sequence[torch.Tensor | None]:
        """Return the gradients."""
        return [parameter.grad for parameter in self.theta]

    def state(self) -> Sequence[Mapping[str, torch.Tensor]]:
        """Return the tensors of the state that there are."""
        symbols = {key: symbol.removesuffix("?") for symbol, key in self.dialect.state.items()}
        states = (self.optimizer.state[parameter] for parameter in self.theta)
        return [
            {symbols[key]: tensor for key, tensor in state.items() if key in symbols}
            for state in states
        ]

    def set_hyper(self, **hyper: float) -> None:
        """Change the groups' hyper-parameters, as schedulers do."""
        for group, symbols in zip(self.optimizer.param_groups, self.hyper, strict=True):
            symbols.update(hyper)
            group.update(keywords(self.dialect, SimpleNamespace(**symbols)))

    def add_group(self, theta: Sequence[Array], **hyper: float) -> None:
        """Add parameters with hyper-parameters of their own."""
        added = self._parameters(theta)
        self.theta += added
        self.hyper.append(hyper)
        group = keywords(self.dialect, SimpleNamespace(**hyper))
        self.optimizer.add_param_group({"params": added, **group})

    def save(self) -> bytes:
        """Write a checkpoint."""
        file = io.BytesIO()
        torch.save(self.optimizer.state_dict(), file)
        return file.getvalue()

    def load(self, saved: bytes) -> None:
        """Read a checkpoint."""
        self.optimizer.load_state_dict(torch.load(io.BytesIO(saved), weights_only=True))

    def _parameters(self, theta: Sequence[Array]) -> list[torch.Tensor]:
        return [torch.nn.Parameter(to_tensor(array, self.dtype)) for array in theta]


def add(backend: Backend) -> None:
    """Declare the objects; a fused path is one more implementation.

    In bfloat16 that rounds less often, which is a profile of its own.
    """
    for dialect in DIALECTS:
        fused = FUSED.get(dialect.optimizer, ())
        declarations = {FULL: PATHS if fused else FOR_LOOP, ("bfloat16",): FOR_LOOP}
        if "bfloat16+fused" in fused:
            declarations["bfloat16+fused",] = FUSED_LOOP
        hyper = " ".join(dialect.arguments.values()).split()
        switches = [f"{name}?" for name in dialect.switches]
        make = taking([*CONTEXT, *hyper, *switches], partial(Driver, dialect))
        for profiles, paths in declarations.items():
            backend.optimizer(
                f"optimizers/{dialect.rule}",
                dialect=dialect.name,
                profile=profiles,
                implementations=tuple(paths),
            )(make)
