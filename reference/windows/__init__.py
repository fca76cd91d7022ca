"""Windows: where a kernel meets an image, and the sums over what meets there."""
