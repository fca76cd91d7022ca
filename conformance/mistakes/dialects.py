"""Dialects that people took for another one, and where they tell of it."""

from __future__ import annotations

from types import MappingProxyType

_GITHUB = "https://github.com"

_LINKS = MappingProxyType(
    {
        "optimizers/adam/keras": (
            f"{_GITHUB}/karpathy/nanochat/issues/304",
            f"{_GITHUB}/tensorflow/tensorflow/issues/9047",
            f"{_GITHUB}/pytorch/pytorch/pull/22628",
        ),
        "optimizers/adam/uncorrected": (
            f"{_GITHUB}/BVLC/caffe/issues/4224",
            f"{_GITHUB}/oxiglade/mlx-rs/issues/301",
        ),
        "optimizers/adam/corrected_max": (
            f"{_GITHUB}/google-deepmind/optax/issues/1389",
            f"{_GITHUB}/pytorch/pytorch/issues/142323",
        ),
        "optimizers/adamw/after": (
            f"{_GITHUB}/huggingface/transformers/issues/14539",
            f"{_GITHUB}/aiqm/torchani/pull/261",
        ),
        "optimizers/momentum/dampened": (
            f"{_GITHUB}/ml-explore/mlx/pull/473",
            f"{_GITHUB}/pytorch/pytorch/pull/152833",
        ),
        "optimizers/momentum/inside": (
            f"{_GITHUB}/paiml/aprender/pull/2190",
            f"{_GITHUB}/pytorch/pytorch/issues/1099",
        ),
        "optimizers/momentum/averaged": (f"{_GITHUB}/HIPS/autograd/issues/289",),
        "optimizers/rmsprop/inside": (
            f"{_GITHUB}/pytorch/pytorch/issues/23796",
            f"{_GITHUB}/chainer/chainer/issues/4754",
            f"{_GITHUB}/apache/mxnet/issues/4493",
        ),
        "normalizations/batch_norm/biased": (
            f"{_GITHUB}/pytorch/pytorch/issues/77427",
            f"{_GITHUB}/ludwig-ai/ludwig/pull/2100",
        ),
        "normalizations/rms_norm/offset": (f"{_GITHUB}/linkedin/Liger-Kernel/issues/74",),
        "normalizations/rms_norm/paper": (f"{_GITHUB}/linkedin/Liger-Kernel/issues/74",),
        "convolutions/conv/same_upper": (
            f"{_GITHUB}/taehoonlee/tensornets/issues/25",
            f"{_GITHUB}/tensorflow/tensorflow/issues/10747",
        ),
        "convolutions/conv_transpose/unflipped": (
            f"{_GITHUB}/google/flax/issues/3137",
            f"{_GITHUB}/jax-ml/jax/pull/33419",
        ),
        "convolutions/conv_transpose/adjoint": (f"{_GITHUB}/google/flax/issues/3137",),
    }
)


def links_of(dialect: str) -> tuple[str, ...]:
    """Where people took a dialect for another one.

    >>> links_of("optimizers/momentum/averaged")
    ('https://github.com/HIPS/autograd/issues/289',)
    """
    return _LINKS.get(dialect, ())
