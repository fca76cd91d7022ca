"""Known mistakes: what people compute instead of a rule, made from the reference functions.

`generic` holds those that any rule of a family invites, `<family>/<rule>` those of one rule. Each
turns a reference function into a wrong one that runs in the same arithmetics.
"""

from .catalogue import mistakes_of
from .mistake import Mistake

__all__ = ["Mistake", "mistakes_of"]
