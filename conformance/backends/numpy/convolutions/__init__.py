"""The convolutions; a forward function is named after its dialect, its backward is beside it."""

from . import conv, conv_transpose, convolution, cross_correlation

LAYERS = {
    "convolutions/conv": {
        conv.zeros: conv.zeros_backward,
        conv.valid: conv.valid_backward,
        conv.same_upper: conv.same_upper_backward,
        conv.same_lower: conv.same_lower_backward,
        conv.causal: conv.causal_backward,
        conv.reflect: conv.reflect_backward,
        conv.replicate: conv.replicate_backward,
        conv.circular: conv.circular_backward,
    },
    "convolutions/conv_transpose": {
        conv_transpose.adjoint: conv_transpose.adjoint_backward,
        conv_transpose.unflipped: conv_transpose.unflipped_backward,
        conv_transpose.same: conv_transpose.same_backward,
        conv_transpose.valid: conv_transpose.valid_backward,
    },
    "convolutions/cross_correlation": {
        cross_correlation.full: cross_correlation.full_backward,
        cross_correlation.same: cross_correlation.same_backward,
        cross_correlation.valid: cross_correlation.valid_backward,
    },
    "convolutions/convolution": {
        convolution.full: convolution.full_backward,
        convolution.same: convolution.same_backward,
        convolution.valid: convolution.valid_backward,
    },
}
