"""Partitions: what is normalized together, and the arithmetic that is put to each group."""
