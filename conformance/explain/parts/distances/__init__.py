"""How far apart the dialects of a rule end up, measured: `{{ distances }}`."""

from .tables import part

__all__ = ["part"]
