"""The mistakes people make with one convolution."""
