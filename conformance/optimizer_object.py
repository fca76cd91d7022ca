"""An optimizer with state of its own, as the property checks drive it.

    @backend.optimizer("optimizers/adam", dialect="paper", profile="float32")
    class Driver:
        def __init__(self, theta, alpha, beta1, beta2, eps): ...

The class, or a function that returns such an object, is called with ``theta``, a list of fresh
arrays, and with the hyper-parameters. Its signature says what it supports: a symbol or an option
(``amsgrad=False``) that is missing there is never asked for. It may also take ``maximize``,
``profile`` and, if it declares several, the name of the ``implementation``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from .signature import Signature

if TYPE_CHECKING:
    from .files.formats import Array


class OptimizerObject(Protocol):
    """What the checks ask of an optimizer, or of the few lines that drive it.

    ``parameters`` and ``step`` are required. Whatever else is missing makes the checks that need it
    not applicable, which the report says. Tensors are returned as the optimizer holds them, not as
    copies: NumPy arrays, or what NumPy makes into arrays, such as the tensors of PyTorch and JAX.
    """

    def parameters(self) -> Sequence[Any]:
        """Return the parameters, in the order in which they were given."""
        ...

    def step(self, gradients: Sequence[Array | None]) -> object:
        """Take a step with a gradient for every parameter; None where there is none.

        Raises Unsupported if the optimizer cannot go without one.
        """
        ...

    def gradients(self) -> Sequence[Any]:
        """Return the gradients of the last step, the very tensors that the optimizer was given."""
        ...

    def state(self) -> Sequence[Mapping[str, Any]]:
        """Return for every parameter the tensors of its state, by symbol."""
        ...

    def set_hyper(self, **hyper: float) -> object:
        """Change hyper-parameters of all parameters, from the next step on."""
        ...

    def add_group(self, theta: Sequence[Array], **hyper: float) -> object:
        """Add parameters that have hyper-parameters of their own."""
        ...

    def save(self) -> Any:
        """Return the state to go on from, without the parameters, as a checkpoint would hold it."""
        ...

    def load(self, saved: Any) -> object:
        """Go on from a state that another object saved, with the same parameters."""
        ...


@dataclass(frozen=True)
class ObjectEntry:
    """One declaration: this function makes optimizers of this dialect, in these profiles."""

    rule: str
    dialect: str
    profiles: tuple[str, ...]
    implementations: tuple[str, ...]
    function: Callable[..., Any]
    signature: Signature
