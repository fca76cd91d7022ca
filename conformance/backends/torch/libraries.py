"""What torch may call for convolutions: oneDNN, or NNPACK in its place."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import torch


@contextmanager
def without_onednn(_profile: str) -> Iterator[None]:
    """Let torch not use oneDNN."""
    enabled = torch.backends.mkldnn.enabled
    torch.backends.mkldnn.enabled = False
    try:
        yield
    finally:
        torch.backends.mkldnn.enabled = enabled


def with_onednn_unless_half(profile: str) -> AbstractContextManager[None]:
    """Let torch use oneDNN for float32 only, which makes half types the same on all processors."""
    return nullcontext() if profile.startswith("float32") else without_onednn(profile)


# The half types that oneDNN takes on this processor.
ONEDNN_HALF = tuple(
    base
    for base, supported in (
        ("bfloat16", torch.ops.mkldnn._is_mkldnn_bf16_supported()),
        ("float16", torch.ops.mkldnn._is_mkldnn_fp16_supported()),
    )
    if supported
)
