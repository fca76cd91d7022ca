"""The mistakes people make with one normalization."""
