"""Operators: each makes one kind of slip, everywhere in a text where there is room for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..change import Change
from ..text import Text
from .attributes import (
    attribute_ignored,
    attributes_exchanged,
    axes_reversed,
    ends_alike,
    ends_exchanged,
)
from .borders import border_exchanged
from .coefficients import coefficient_replaced, complement
from .counts import count_shifted
from .eps import eps_moved, eps_replaced
from .factors import divisor_dropped, factor_dropped, reciprocal
from .integers import place_shifted, plane_exchanged, rounded_otherwise, size_shifted
from .layouts import arguments_exchanged, axes_transposed, kernel_flipped
from .maxima import maximum_dropped
from .options import condition_changed, option_ignored
from .partitions import grouped_otherwise, parameter_misplaced
from .roots import power_changed, root_added, root_dropped, square_added
from .signs import sign_flipped
from .state import order_exchanged, state_stale, state_unsaved
from .sums import count_biased, counted_otherwise, mean_for_dot, mean_for_sum, others_summed
from .swaps import symbol_swapped, symbols_exchanged
from .terms import term_dropped

Operator = Callable[[Text], Iterator[Change]]

ARITHMETIC: tuple[Operator, ...] = (
    option_ignored,
    condition_changed,
    arguments_exchanged,
    kernel_flipped,
    axes_transposed,
    sign_flipped,
    count_biased,
    factor_dropped,
    divisor_dropped,
    term_dropped,
    complement,
    count_shifted,
    counted_otherwise,
    eps_replaced,
    eps_moved,
    root_dropped,
    root_added,
    square_added,
    power_changed,
    maximum_dropped,
    others_summed,
    mean_for_sum,
    mean_for_dot,
    state_unsaved,
    state_stale,
    order_exchanged,
    symbols_exchanged,
    symbol_swapped,
    coefficient_replaced,
    reciprocal,
)
"""For what a rule says itself; of two slips that compute the same, the first gives the name."""

PASSED: tuple[Operator, ...] = (
    attribute_ignored,
    attributes_exchanged,
    axes_reversed,
    ends_exchanged,
)
"""For attributes that are handed on."""

GROUPS: tuple[Operator, ...] = (grouped_otherwise,)
"""For what makes a group."""

SHARED: tuple[Operator, ...] = (parameter_misplaced,)
"""For what shares a parameter."""

SUMS: tuple[Operator, ...] = (
    option_ignored,
    kernel_flipped,
    axes_transposed,
    sign_flipped,
    mean_for_sum,
    mean_for_dot,
)
"""For sums over what is given elsewhere."""

DOTS: tuple[Operator, ...] = (mean_for_dot,)
"""For dot products alone."""

PLANES: tuple[Operator, ...] = (plane_exchanged, term_dropped)
"""For which channels meet."""

PLACES: tuple[Operator, ...] = (place_shifted,)
"""For which elements meet."""

BORDERS: tuple[Operator, ...] = (border_exchanged, ends_exchanged)
"""For what stands beyond an image, and on which side."""

SIZES: tuple[Operator, ...] = (
    sign_flipped,
    factor_dropped,
    divisor_dropped,
    term_dropped,
    rounded_otherwise,
    size_shifted,
    ends_alike,
    symbol_swapped,
    maximum_dropped,
)
"""For how large a tensor is, and how far it is cut."""
