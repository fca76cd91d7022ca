"""Mistakes with the running averages of instances, and with what an instance is."""

from ..alter import where
from ..edit import edit
from ..mistake import Mistake
from ..normalizing import SHARED
from ..running import RUNNING, averages

MISTAKES = (
    Mistake(
        "over-the-batch",
        "a channel is normalized over the whole batch, as in batch normalization",
        where(
            lambda function: not averages(function),
            edit({"instances(x.shape)": "channels(x.shape)"}),
        ),
    ),
    *RUNNING,
    *SHARED,
)
