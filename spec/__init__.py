"""The mathematics: every rule once, as symbolic definitions.

`optimizers/`, `normalizations/` and `convolutions/` hold the rules, made of the vocabulary in
`symbols`, named `steps`, and `dialect`s that differ by a few of them; those of the latter two are
layers, whose tensors, backward pass and evaluation are in `tensors/`. `claims/` says what is true
of each, under the rule's own path, and shows it with the machinery in `proofs/`. `latex`, `text`
and `unicode` write all of it.
"""
