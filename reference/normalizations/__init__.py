"""Normalizations: groups of elements to mean 0 and variance 1, and back."""
