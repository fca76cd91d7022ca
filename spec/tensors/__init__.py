"""Rules whose tensors have shapes of their own: normalizations and convolutions.

`symbols` is their vocabulary, a `layer` is a dialect with a backward pass and a layout. A layout
says what the indices of the equations range over: the elements of a group, for the `partition` of
a normalization, or channels and places, for the `windows` of a convolution. `evaluate` computes
any layer on arrays of exact numbers, and its gradients by differentiation.
"""
