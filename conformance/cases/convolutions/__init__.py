"""The cases of convolutions."""
