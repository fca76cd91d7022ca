"""The fuzzer turned on right and wrong backends."""
