"""Mistakes with the groups of channels."""

from ..alter import given
from ..mistake import Mistake
from ..normalizing import SHARED

MISTAKES = (
    Mistake(
        "groups-for-channels",
        "groups is taken for the number of channels in a group",
        given(groups=lambda s: s.x.shape[1] // s.groups),
    ),
    Mistake("one-group", "all channels of a sample are one group", given(groups=lambda _: 1)),
    Mistake(
        "group-for-each-channel",
        "every channel is a group of its own",
        given(groups=lambda s: s.x.shape[1]),
    ),
    *SHARED,
)
