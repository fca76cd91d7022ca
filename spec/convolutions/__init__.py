"""Convolutions: a kernel slides over an image and adds up products."""
