"""Normalizations: x is brought to mean 0 and variance 1, group by group."""
