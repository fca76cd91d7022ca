"""What the forward sweep knows of a node."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..contexts.tape import Node


class Error(NamedTuple):
    """The error of a node, and what is lost there.

    forward is E and linear is L of the theory; local is what the node itself adds to A.
    """

    forward: Any
    linear: Any
    local: Any
    cut: Any = False
    void: Any = False
    overflow: Any = False


Errors = Mapping[Node, Error]
NO_ERROR = Error(0, 0, 0)
