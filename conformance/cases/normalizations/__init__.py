"""Cases of normalizations."""
