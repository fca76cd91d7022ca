"""Convolutions: sums of products over windows, and their adjoints."""
