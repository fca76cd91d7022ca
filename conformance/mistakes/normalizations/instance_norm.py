"""Mistakes with the running averages of instances."""

from ..normalizing import RUNNING, SHARED

MISTAKES = (*RUNNING, *SHARED)
