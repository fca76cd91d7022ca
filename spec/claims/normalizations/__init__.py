"""Claims about normalizations."""
