"""A backend: the implementation under test and the small adapter that drives it.

A *step* function computes one step from given state; a *trajectory* function drives a stateful
optimizer and yields after every step. A *layer* function computes a layer's outputs, a *gradient*
function the gradients of sum(dy * y). Their signatures say which symbols they support::

    backend = Backend("mine")

    @backend.step("optimizers/sgd", dialect="l2", profile=("float64", "float32"))
    def sgd(theta, g, alpha):
        return theta - alpha * g

An optimizer that is an object is declared beside them, for the property checks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from .files.kinds import COMPUTES
from .optimizer_object import ObjectEntry
from .signature import Signature

Function = Callable[..., Any]
Make = TypeVar("Make", bound=Function)
Kind = Literal["step", "trajectory", "layer", "gradient"]


class Unsupported(Exception):  # noqa: N818  (an outcome, not an error)
    """Raised by an adapter for a case that its implementation refuses; the message says why."""


@dataclass(frozen=True)
class Entry:
    """One declaration: this function computes this dialect of this rule in these profiles."""

    rule: str
    dialect: str
    profiles: tuple[str, ...]
    kind: Kind
    function: Function
    signature: Signature

    @property
    def computes(self) -> str:
        """What it computes: an update, a layer, or a layer's gradient."""
        return COMPUTES[self.kind]


class Backend:
    """The entries that one implementation declares.

    ``variant`` names one of several paths of the same framework (``"foreach"``). ``setup`` is
    called once, in the child process that runs the entries, before the first of them.
    """

    def __init__(
        self, name: str, variant: str = "", setup: Callable[[], object] | None = None
    ) -> None:
        """Start a backend without entries; ``name`` is what reports call it."""
        self.name = name
        self.variant = variant
        self.setup = setup
        self.entries: list[Entry] = []
        self.objects: list[ObjectEntry] = []

    @property
    def label(self) -> str:
        """The name reports use: ``torch`` or ``torch-foreach``."""
        return f"{self.name}-{self.variant}" if self.variant else self.name

    def add(
        self,
        rule: str,
        *,
        dialect: str,
        profile: str | tuple[str, ...],
        function: Function,
        kind: Kind = "step",
        accepts: tuple[str, ...] | None = None,
    ) -> None:
        """Declare a function, as the decorators do; ``accepts`` replaces its own signature.

        A rule is named in full (``"optimizers/adam"``); an unknown rule, dialect or profile is
        reported when the backend is run. Raises ValueError if the backend already declares this
        rule, dialect and profile: once for a layer and once for its gradient is not twice.
        """
        profiles = (profile,) if isinstance(profile, str) else tuple(profile)
        signature = Signature.of(function) if accepts is None else Signature(tuple(accepts))
        entry = Entry(rule, dialect, profiles, kind, function, signature)
        for other in self.entries:
            if (rule, dialect, entry.computes) != (other.rule, other.dialect, other.computes):
                continue
            if twice := [name for name in profiles if name in other.profiles]:
                raise ValueError(
                    f"{rule}/{dialect} {twice[0]} is declared twice: "
                    "give the second path its own Backend(name, variant=...)"
                )
        self.entries.append(entry)

    def step(
        self, rule: str, *, dialect: str, profile: str | tuple[str, ...]
    ) -> Callable[[Function], Function]:
        """Declare a function of one step: it returns the new tensors by name, or only the first.

        It takes symbols of the rule by name: tensors of one shape as fresh arrays of the profile's
        type (float32 for half types), hyper-parameters as floats, ``t`` as an int from 1. What it
        returns has the same shape and type. A symbol that it lacks is not asked for. Raises
        ValueError if the declaration is not new, as all decorators here.
        """
        return self._decorator(rule, dialect, profile, "step")

    def trajectory(
        self, rule: str, *, dialect: str, profile: str | tuple[str, ...]
    ) -> Callable[[Function], Function]:
        """Declare a generator that takes ``steps`` and yields the tensors after each of them.

        It also takes the parameter and the first step's hyper-parameters by name. A step has its
        tensors, hyper-parameters and ``t`` as attributes: ``step.g``, ``step.alpha``.
        """
        return self._decorator(rule, dialect, profile, "trajectory")

    def layer(
        self, rule: str, *, dialect: str, profile: str | tuple[str, ...]
    ) -> Callable[[Function], Function]:
        """Declare a layer's forward function: it returns outputs by name, or only the first.

        It takes tensors with channels first, ``(N, C, ...)``, hyper-parameters as floats, and
        attributes as ints or tuples of them, by name; running statistics come in and go out.
        """
        return self._decorator(rule, dialect, profile, "layer")

    def gradient(
        self, rule: str, *, dialect: str, profile: str | tuple[str, ...]
    ) -> Callable[[Function], Function]:
        """Declare a layer's backward function: it returns gradients by name, or only the first.

        It takes ``dy``, of the output's shape, and of the layer's arguments those that it depends
        on. ``dx`` has the shape of ``x``, ``dgamma`` that of ``gamma``, and so on.
        """
        return self._decorator(rule, dialect, profile, "gradient")

    def optimizer(
        self,
        rule: str,
        *,
        dialect: str,
        profile: str | tuple[str, ...],
        implementations: tuple[str, ...] = (),
    ) -> Callable[[Make], Make]:
        """Declare what makes an optimizer object (see OptimizerObject), for the property checks.

        ``implementations`` names several paths of it (``"for-loop"``, ``"foreach"``), one of which
        is then asked for by ``implementation``. Raises ValueError if the declaration is not new.
        """
        profiles = (profile,) if isinstance(profile, str) else tuple(profile)
        for other in self.objects:
            if (rule, dialect) == (other.rule, other.dialect) and {*profiles} & {*other.profiles}:
                raise ValueError(f"the object of {rule}/{dialect} is declared twice in a profile")

        def declare(make: Make) -> Make:
            signature = Signature.of(make)
            if implementations and not signature.takes("implementation"):
                raise ValueError(f"the object of {rule}/{dialect} takes no implementation")
            entry = ObjectEntry(rule, dialect, profiles, implementations, make, signature)
            self.objects.append(entry)
            return make

        return declare

    def _decorator(
        self, rule: str, dialect: str, profile: str | tuple[str, ...], kind: Kind
    ) -> Callable[[Function], Function]:
        def declare(function: Function) -> Function:
            self.add(rule, dialect=dialect, profile=profile, function=function, kind=kind)
            return function

        return declare
