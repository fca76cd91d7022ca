"""The normalizations; a forward function is named after its dialect, its backward is beside it."""

from . import batch_norm, group_norm, instance_norm, layer_norm, rms_norm

LAYERS = {
    "normalizations/batch_norm": {
        batch_norm.unbiased: batch_norm.training_backward,
        batch_norm.biased: batch_norm.training_backward,
        batch_norm.cumulative: batch_norm.training_backward,
        batch_norm.fused: batch_norm.training_backward,
        batch_norm.inference: batch_norm.inference_backward,
    },
    "normalizations/layer_norm": {
        layer_norm.elementwise: layer_norm.elementwise_backward,
        layer_norm.feature: layer_norm.feature_backward,
    },
    "normalizations/group_norm": {
        group_norm.contiguous: group_norm.contiguous_backward,
        group_norm.interleaved: group_norm.interleaved_backward,
        group_norm.group_affine: group_norm.group_affine_backward,
    },
    "normalizations/instance_norm": {
        instance_norm.instance: instance_norm.instance_backward,
        instance_norm.running: instance_norm.instance_backward,
        instance_norm.inference: instance_norm.inference_backward,
    },
    "normalizations/rms_norm": {
        rms_norm.paper: rms_norm.paper_backward,
        rms_norm.offset: rms_norm.offset_backward,
    },
}
