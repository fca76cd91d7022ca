"""Diagnosis: what an implementation that deviates computes instead.

Every dialect of the rule and of its family, every profile and every known mistake is a
candidate. Those that resemble what the backend returned, to a few digits, are judged as vectors
are: by exact values and derived bounds, over all cases, on a state of their own.
"""

from .search import diagnose

__all__ = ["diagnose"]
