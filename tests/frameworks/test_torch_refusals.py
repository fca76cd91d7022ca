"""Inputs that torch refuses: each phrase by which the backend knows them is torch's own."""

import pytest

from goldenrule.conformance import Unsupported

from .runs import require

layers = require("torch").layers
functional, ones = layers.torch.nn.functional, layers.torch.ones

REFUSED = {
    "batch_norm eps must be positive during training":
        lambda: functional.batch_norm(ones(2, 2), None, None, training=True, eps=0.0),
    "Expected more than 1 value per channel when training":
        lambda: functional.batch_norm(ones(1, 2), None, None, training=True),
    "Expected more than 1 spatial element when training":
        lambda: functional.instance_norm(ones(1, 2, 1)),
    "Kernel size can't be greater than actual input size":
        lambda: functional.conv1d(ones(1, 1, 2), ones(1, 1, 3)),
    "Padding size should be less than the corresponding input dimension":
        lambda: functional.pad(ones(1, 1, 2), (2, 2), "reflect"),
    "Padding value causes wrapping around more than once":
        lambda: functional.pad(ones(1, 1, 2), (3, 3), "circular"),
    "padding='same' is not supported for strided convolutions":
        lambda: functional.conv1d(ones(1, 1, 4), ones(1, 1, 3), stride=2, padding="same"),
    "output padding must be smaller than either stride or dilation":
        lambda: functional.conv_transpose1d(ones(1, 1, 4), ones(1, 1, 3), output_padding=1),
    "Output size is too small":
        lambda: functional.conv_transpose1d(ones(1, 1, 2), ones(1, 1, 1), padding=1),
}  # fmt: skip


def test_every_refusal_is_triggered_here():
    assert {*REFUSED} == {*layers.REFUSALS}


@pytest.mark.parametrize("phrase", REFUSED)
def test_a_refusal_is_told_in_torchs_words(phrase):
    with pytest.raises(Unsupported) as told, layers.refusals():
        REFUSED[phrase]()
    assert phrase in str(told.value)
    assert [p for p in layers.REFUSALS if p in str(told.value)] == [phrase]


def test_a_failure_is_no_refusal():
    with pytest.raises(RuntimeError, match="expected input"), layers.refusals():
        functional.conv1d(ones(1, 2, 3), ones(1, 1, 1))
