"""Shrinking: what fails is made as small and as plain as it can be while it still fails.

Whether it does is asked as `goldenrule verify` asks: of a case in the vectors' own format.
"""

from .run import shrink_all

__all__ = ["shrink_all"]
