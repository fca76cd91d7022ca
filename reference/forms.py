"""Forms that only a declared profile admits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .profile import Profile


def admitted_by(modifier: str) -> Callable[[Any], Any]:
    """Mark a form that is admitted only where a profile declares `modifier`, as in `onepass`."""

    def mark(function: Any) -> Any:
        function.profile = modifier
        return function

    return mark


def admits(profile: Profile, function: Callable[..., Any]) -> bool:
    """Whether code that keeps a profile may compute with a form.

    >>> admits(Profile.parse("float32"), admitted_by("onepass")(lambda ctx: {}))
    False
    """
    needs = getattr(function, "profile", None)
    return needs is None or needs in profile.modifiers
