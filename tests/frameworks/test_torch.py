import numpy as np
import pytest

from .runs import check, require, runs

backend = require("torch")
BACKENDS = (backend.plain, backend.foreach, backend.fused)
by_library, optimizers, torch = backend.by_library, backend.optimizers, backend.optimizers.torch


@pytest.mark.parametrize("first", [1, 3])
@pytest.mark.parametrize(("_", "entry", "profile", "options"), runs(BACKENDS))
def test_entry_computes_its_formula(_, entry, profile, options, first):
    check(entry, profile, options, first=first)


@pytest.mark.parametrize("shape", [(), (1,), (7,), (3, 4), (1000,)])
def test_lengthened_tensors_come_back(shape):
    array = np.arange(1, 1 + np.prod(shape), dtype=np.float32).reshape(shape)
    for dtype in (torch.float64, torch.float16):
        vector = optimizers.lengthen(array, dtype)
        assert len(vector) > optimizers.BLOCK - array.size
        np.testing.assert_array_equal(optimizers.shorten(vector, shape), array)


# While this fails, the backend does not declare these kernels; see FUSED there.
@pytest.mark.xfail(reason="https://github.com/pytorch/pytorch/issues/191763", strict=True)
@pytest.mark.parametrize("profile", optimizers.HALF)
def test_fused_sgd_moves_every_element_of_a_half_type(profile):
    parameter = torch.nn.Parameter(torch.ones(100, dtype=optimizers.data_type(profile)))
    parameter.grad = torch.ones_like(parameter)
    torch.optim.SGD([parameter], lr=0.5, fused=True).step()
    assert (parameter == 0.5).all()


# While this fails, running averages of half types are among the deviations; a momentum near 1 shows
# most.
@pytest.mark.xfail(reason="https://github.com/pytorch/pytorch/pull/79990", strict=True)
def test_batch_norm_keeps_running_averages_of_half_types():
    running = torch.full((1,), 512, dtype=torch.bfloat16)
    x = torch.zeros(2, 1, dtype=torch.bfloat16)
    torch.nn.functional.batch_norm(x, running, torch.ones_like(running), None, None, True, 0.999)
    assert running.item() > 0.5  # 0.512, and not 0


@pytest.mark.skipif("bfloat16" not in by_library.ONEDNN_HALF, reason="oneDNN has no bfloat16 here")
@pytest.mark.xfail(reason="oneDNN multiplies what lies beside a window by 0", strict=True)
def test_nan_stays_in_its_windows():
    x = torch.tensor([[[1.0, 1.0, torch.nan]]], dtype=torch.bfloat16)
    y = torch.nn.functional.conv1d(x, torch.ones(1, 1, 2, dtype=torch.bfloat16))
    assert y.isnan().tolist() == [[[False, True]]]
