"""The kinds of cases and of functions, and what each computes."""

UPDATE, LAYER, GRADIENT = "update", "layer", "gradient"

COMPUTES = {
    "step": UPDATE,
    "trajectory": UPDATE,
    "objective": UPDATE,
    "layer": LAYER,
    "gradient": GRADIENT,
}
"""What a kind of case asks for, and what a kind of function computes."""
