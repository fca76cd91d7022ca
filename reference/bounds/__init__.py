"""The derived error bound: how far a correct implementation may be from the exact value.

Standard model (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 2.2): the
operation i of a tape, computed in a format with unit roundoff u_i, gives

    fl(z_i) = z_i (1 + d_i) + eta_i,      |d_i| <= u_i,

where eta_i covers underflow. Going forward over the tape yields E, the running error with all
products, and L, the same to first order; a reverse sweep from an output yields

    A = sum_i (u_i |z_i| + eta_i) |d out / d z_i| + sum_inputs |d out / d in| e_in.

A lets errors with a common origin cancel, E - L covers the higher orders, and the bound is

    min(E, A + max(E - L, 0)) (1 + 2^-30).

E grows fast where errors cancel, as those of a mean do in a variance. So at pivots, which are sums,
dot products and what is under a root, E is replaced by min(E, A + max(E - L, 0)) of that node and L
by what leaves E - L as it was: the remainder beyond first order goes on, the sum of the first-order
errors does not.

At a kink, where the branches of `max` are closer than their errors or the argument of a root is
within its error of 0, the derivative says nothing: the node is *cut*, its partial derivatives are
taken as 0 and its local error is the largest jump. Where a denominator or an unclamped root may
reach 0, or an intermediate may overflow, nothing can be said: the element is *void*, its bound
infinite, and vectors call it `unjudged`. So it is where terms of different signs add up to more
than the largest number: a partial sum may overflow though the sum is small.

`machine` holds the formats of a profile, `reduction` what it does to sums, `inherit` what an
operation makes of its arguments' errors, `sensitivities` the reverse sweep, `sweep` the forward
one and the bounds of one step, `trajectory` the composition of steps.
"""

from .sweep import bounds, bounds_of_profiles
from .trajectory import trajectory_bounds

__all__ = ["bounds", "bounds_of_profiles", "trajectory_bounds"]
