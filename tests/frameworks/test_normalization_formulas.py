"""The reference texts of normalizations against PyTorch and Flax, in float64, with gradients."""

import numpy as np
import pytest

from goldenrule.reference.catalogue import forms, parameters
from goldenrule.reference.contexts.ieee import IeeeContext

CTX = IeeeContext()
EPS = 2.0**-7
MOMENTUM = 0.375
SHAPES = [(5, 4), (3, 4, 5), (2, 6, 3, 2)]
AFFINE = pytest.mark.parametrize("affine", [False, True], ids=["plain", "affine"])


def normal(seed, *shape):
    return np.random.default_rng(seed).normal(0.25, 1.0, shape)


def positive(seed, *shape):
    return np.random.default_rng(seed).uniform(0.25, 2.0, shape)


def assert_forms(rule, dialect, expected, kind="layer", **given):
    """Hold every form of a dialect against what a framework computes."""
    for form in forms(f"normalizations/{rule}", kind)[dialect]:
        tensors = {n: x.astype(object) if np.ndim(x) else x for n, x in given.items()}
        takes = parameters(form)
        outputs = form(CTX, **{name: x for name, x in tensors.items() if name in takes})
        assert {name for name, x in outputs.items() if x is not None} == expected.keys()
        for name, theirs in expected.items():
            mine = outputs[name].astype(np.float64)
            np.testing.assert_allclose(mine, theirs, rtol=0, atol=2e-13, err_msg=form.__name__)


def affine_tensors(affine, shape):
    return {"gamma": normal(2, *shape), "beta": normal(3, *shape)} if affine else {}


# PYTORCH


@pytest.fixture
def torch():
    return pytest.importorskip("torch")


def assert_torch(torch, rule, dialect, run, x, parameters, state=None, **named):
    """Hold outputs, running statistics and gradients against a function of torch tensors."""
    made = {n: torch.tensor(v, requires_grad=True) for n, v in {"x": x, **parameters}.items()}
    running = {name: torch.tensor(value) for name, value in (state or {}).items()}
    y = run(made["x"], made.get("gamma"), made.get("beta"), **running)
    dy = normal(4, *y.shape)
    y.backward(torch.tensor(dy))
    expected = {"y": y.detach().numpy()}
    if dialect != "inference":
        expected |= {name: value.numpy() for name, value in running.items()}
    assert_forms(rule, dialect, expected, x=x, **parameters, **(state or {}), **named)
    expected = {f"d{name}": value.grad.numpy() for name, value in made.items()}
    assert_forms(
        rule, dialect, expected, kind="gradient", dy=dy, x=x, **parameters, **(state or {}), **named
    )


def running(channels):
    return {"running_mean": normal(5, channels), "running_var": positive(6, channels)}


@AFFINE
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dialect", ["unbiased", "cumulative", "fused", "inference"])
def test_batch_norm_is_torchs(torch, dialect, shape, affine):
    t = 5
    momentum = 1 / t if dialect == "cumulative" else MOMENTUM

    def run(x, gamma, beta, running_mean, running_var):
        return torch.nn.functional.batch_norm(
            x,
            running_mean,
            running_var,
            gamma,
            beta,
            training=dialect != "inference",
            momentum=momentum,
            eps=EPS,
        )

    tensors = affine_tensors(affine, shape[1:2])
    named = {"momentum": np.float64(MOMENTUM), "eps": np.float64(EPS), "t": t}
    state = running(shape[1])
    assert_torch(torch, "batch_norm", dialect, run, normal(1, *shape), tensors, state, **named)


@AFFINE
@pytest.mark.parametrize("shape", SHAPES[1:])
@pytest.mark.parametrize("dialect", ["instance", "running", "inference"])
def test_instance_norm_is_torchs(torch, dialect, shape, affine):
    def run(x, gamma, beta, running_mean=None, running_var=None):
        return torch.nn.functional.instance_norm(
            x,
            running_mean,
            running_var,
            gamma,
            beta,
            use_input_stats=dialect != "inference",
            momentum=MOMENTUM,
            eps=EPS,
        )

    tensors = affine_tensors(affine, shape[1:2])
    state = None if dialect == "instance" else running(shape[1])
    named = {"momentum": np.float64(MOMENTUM), "eps": np.float64(EPS)}
    assert_torch(torch, "instance_norm", dialect, run, normal(1, *shape), tensors, state, **named)


@AFFINE
@pytest.mark.parametrize("axis", [1, 2, 3])
def test_layer_norm_is_torchs(torch, axis, affine):
    shape = SHAPES[-1]
    tensors = affine_tensors(affine, shape[axis:])

    def run(x, gamma, beta):
        return torch.nn.functional.layer_norm(x, shape[axis:], gamma, beta, EPS)

    named = {"axis": axis, "eps": np.float64(EPS)}
    assert_torch(torch, "layer_norm", "elementwise", run, normal(1, *shape), tensors, **named)
    if axis == len(shape) - 1:
        assert_torch(torch, "layer_norm", "feature", run, normal(1, *shape), tensors, **named)


@AFFINE
@pytest.mark.parametrize("shape", SHAPES)
def test_group_norm_is_torchs(torch, shape, affine):
    tensors = affine_tensors(affine, shape[1:2])

    def run(x, gamma, beta):
        return torch.nn.functional.group_norm(x, 2, gamma, beta, EPS)

    named = {"groups": 2, "eps": np.float64(EPS)}
    assert_torch(torch, "group_norm", "contiguous", run, normal(1, *shape), tensors, **named)


@AFFINE
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dialect", ["interleaved", "group_affine"])
def test_the_other_group_norms_are_torchs_on_other_channels(torch, dialect, shape, affine):
    interleaved = dialect == "interleaved"
    tensors = affine_tensors(affine, (shape[1] if interleaved else 2,))
    order = np.argsort(np.arange(shape[1]) % 2, kind="stable") if interleaved else slice(None)

    def run(x, gamma, beta):
        y = torch.nn.functional.group_norm(x[:, order], 2, eps=EPS)
        y = y[:, np.argsort(order)] if interleaved else y
        if gamma is None:
            return y
        each = [1, -1, *[1] * (y.ndim - 2)]
        repeats = 1 if interleaved else shape[1] // 2
        gamma, beta = (p.repeat_interleave(repeats).reshape(each) for p in (gamma, beta))
        return gamma * y + beta

    named = {"groups": 2, "eps": np.float64(EPS)}
    assert_torch(torch, "group_norm", dialect, run, normal(1, *shape), tensors, **named)


@AFFINE
@pytest.mark.parametrize("axis", [1, 2, 3])
@pytest.mark.parametrize("dialect", ["paper", "offset"])
def test_rms_norm_is_torchs(torch, dialect, axis, affine):
    shape = SHAPES[-1]
    tensors = {"gamma": normal(2, *shape[axis:])} if affine else {}

    def run(x, gamma, _):
        if gamma is not None and dialect == "offset":
            gamma = 1 + gamma
        return torch.nn.functional.rms_norm(x, shape[axis:], gamma, EPS)

    named = {"axis": axis, "eps": np.float64(EPS)}
    assert_torch(torch, "rms_norm", dialect, run, normal(1, *shape), tensors, **named)


# FLAX, channels last


@pytest.fixture
def linen():
    pytest.importorskip("jax").config.update("jax_enable_x64", True)
    return pytest.importorskip("flax.linen")


def assert_flax(layer, rule, dialect, x, parameters, state=None, names=None, **named):
    """Hold outputs, running statistics and gradients against a Flax layer."""
    import jax

    names = names or {"gamma": "scale", "beta": "bias"}
    last = np.moveaxis(x, 1, -1) if rule == "batch_norm" else x
    given = {names[name]: value for name, value in parameters.items()}
    averages = {name.replace("running_", ""): value for name, value in (state or {}).items()}
    dy = normal(4, *last.shape)

    def run(given, last):
        y, new = layer.apply(
            {"params": given, "batch_stats": averages}, last, mutable=["batch_stats"]
        )
        return (y * dy).sum(), (y, new)

    gradient = jax.value_and_grad(run, argnums=(0, 1), has_aux=True)
    (_, (y, new)), (of_given, dx) = gradient(given, last)

    def first(tensor):
        return np.moveaxis(np.asarray(tensor), -1, 1) if rule == "batch_norm" else tensor

    statistics = new.get("batch_stats", {})
    expected = {"y": first(y)} | {f"running_{name}": x for name, x in statistics.items()}
    assert_forms(rule, dialect, expected, x=x, **parameters, **(state or {}), **named)
    expected = {"dx": first(dx)} | {f"d{name}": of_given[names[name]] for name in parameters}
    assert_forms(rule, dialect, expected, kind="gradient", dy=first(dy), x=x, **parameters, **named)


@AFFINE
@pytest.mark.parametrize("shape", SHAPES)
def test_biased_batch_norm_is_flaxs(linen, shape, affine):
    layer = linen.BatchNorm(
        use_running_average=False,
        momentum=MOMENTUM,
        epsilon=EPS,
        use_scale=affine,
        use_bias=affine,
        dtype=np.float64,
    )
    tensors = affine_tensors(affine, shape[1:2])
    named = {"momentum": np.float64(MOMENTUM), "eps": np.float64(EPS)}
    state = running(shape[1])
    assert_flax(layer, "batch_norm", "biased", normal(1, *shape), tensors, state, **named)


@AFFINE
@pytest.mark.parametrize("axis", [1, 2, 3])
def test_feature_layer_norm_is_flaxs(linen, axis, affine):
    shape = SHAPES[-1]
    axes = tuple(range(axis, len(shape)))
    layer = linen.LayerNorm(
        reduction_axes=axes, epsilon=EPS, use_scale=affine, use_bias=affine, dtype=np.float64
    )
    tensors = affine_tensors(affine, shape[-1:])
    named = {"axis": axis, "eps": np.float64(EPS)}
    assert_flax(layer, "layer_norm", "feature", normal(1, *shape), tensors, **named)
