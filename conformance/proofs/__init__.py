"""Parts of `prove`: what there is to prove, and the proofs about layers."""
