"""Synthesis: inputs that show a wrong rule, found by a search, and made into cases."""

from .climb import Found, climb
from .close import close_holes

__all__ = ["Found", "climb", "close_holes"]
