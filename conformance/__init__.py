"""Judging backends against golden vectors."""

from .backend import Backend, Unsupported

__all__ = ["Backend", "Unsupported"]
