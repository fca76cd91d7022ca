"""Every form of every layer is proved to compute its spec, and planted mistakes are refuted."""

import importlib.util
import inspect
import re
from functools import partial, update_wrapper

import pytest

from goldenrule.conformance.proofs.sizes import SIZES
from goldenrule.conformance.prove import Obligation, ProofError, obligations, prove
from goldenrule.reference.catalogue import forms, parameters
from goldenrule.reference.windows import accumulate
from goldenrule.spec.catalogue import rules
from goldenrule.spec.tensors.layer import Layer

OBLIGATIONS = [obligation for obligation in obligations() if obligation.kind != "step"]
LAYERS = {
    name: rule
    for name, rule in rules().items()
    if any(isinstance(dialect, Layer) for dialect in rule.dialects)
}


def label(obligation):
    return f"{obligation} ({obligation.kind})"


@pytest.mark.parametrize("obligation", OBLIGATIONS, ids=label)
def test_every_form_computes_its_spec(obligation):
    proofs = prove(obligation)
    passes = {"layer": obligation.dialect.outputs, "gradient": obligation.dialect.gradients}
    assert [p.output for p in proofs] == list(passes[obligation.kind](obligation.options))
    assert all(re.fullmatch(r"for \d+ shapes", p.how) for p in proofs)


def test_nothing_is_left_out():
    """Every form is there, with every choice of options that it can be called with."""
    wanted = set()
    for name, rule in LAYERS.items():
        for kind in ("layer", "gradient"):
            written = forms(name, kind)
            assert written.keys() == {dialect.name for dialect in rule.dialects}
            for dialect in rule.dialects:
                for form in written[dialect.name]:
                    must = {n for n, required in parameters(form).items() if required}
                    for options in dialect.option_sets():
                        off = [o for o in dialect.options if o.name not in options]
                        if not must & {s.name for o in off for s in o.symbols}:
                            wanted.add((name, dialect.name, form, options, kind))
    found = [(o.rule, o.dialect.name, o.function, o.options, o.kind) for o in OBLIGATIONS]
    assert set(found) == wanted
    assert len(found) == len(wanted)


def test_each_choice_of_options_is_computed_by_some_form():
    for name, rule in LAYERS.items():
        for dialect in rule.dialects:
            for kind in ("layer", "gradient"):
                canonical = forms(name, kind)[dialect.name][0]
                chosen = {o.options for o in OBLIGATIONS if o.function is canonical}
                assert chosen == set(dialect.option_sets())


def test_every_attribute_is_active_in_some_size():
    neutral = {"stride": 1, "dilation": 1, "output_padding": 0, "padding": (0, 0)}
    for name, rule in LAYERS.items():
        for dialect in rule.dialects:
            for attribute in dialect.attributes:
                given = [size.attributes[attribute] for size in SIZES[name]]
                if attribute in neutral:
                    active = [[x for x in value if x != neutral[attribute]] for value in given]
                    assert any(active), f"{name}: {attribute}"
                else:
                    assert max(given) > 1, f"{name}: {attribute}"


# PLANTED MISTAKES


def changed(function, old, new, folder):
    """A function whose text has been changed in one place, in the module it comes from."""
    module = inspect.getmodule(function)
    text = inspect.getsource(function)
    assert text.count(old) == 1, text
    path = folder / "changed.py"
    path.write_text(inspect.getsource(module).replace(text, text.replace(old, new)), "utf-8")
    spec = importlib.util.spec_from_file_location(module.__name__, path)
    edited = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(edited)
    return getattr(edited, function.__name__)


def with_part(form, name, text):
    """The form with another text in one of its parts."""
    whole = update_wrapper(partial(form.func, **{**form.parts, name: text}), form)
    whole.__signature__ = inspect.signature(form)
    return whole


TEXTS = {
    "variance over n + 1": (
        "batch_norm", "biased", "layer", "centred", "fdot(d, d) / n", "fdot(d, d) / (n + 1)",
    ),
    "eps outside the root": (
        "layer_norm", "elementwise", "layer", "centred", "ctx.sqrt(v + eps)", "(ctx.sqrt(v) + eps)",
    ),
    "scale forgotten": ("group_norm", "contiguous", "layer", "folded", "gamma * r", "r"),
    "shift halved": (
        "instance_norm", "instance", "layer", "welford", "beta - mu * s", "beta / 2 - mu * s",
    ),
    "coefficient of the gradient": (
        "layer_norm", "feature", "gradient", "uncentred", "r**3 / n", "r**3 / (n + 1)",
    ),
    "half forgotten": ("group_norm", "interleaved", "gradient", "autodiff", "r**3 / 2", "r**3"),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_a_changed_text_of_a_group_is_refuted(name, tmp_path):
    rule, dialect, kind, which, old, new = TEXTS[name]
    rule = f"normalizations/{rule}"
    form = next(f for f in forms(rule, kind)[dialect] if f.parts["text"].__name__ == which)
    text = changed(form.parts["text"], old, new, tmp_path)
    layer = rules()[rule].dialect(dialect)
    obligation = Obligation(rule, layer, with_part(form, "text", text), ("affine",), kind)
    with pytest.raises(ProofError, match="spec, for x of shape"):
        prove(obligation)


RUNNING = {
    "Bessel's correction forgotten": ("unbiased", "n / (n - 1)", "n / n"),
    "momentum of the other convention": (
        "biased", "momentum, 1 - momentum", "1 - momentum, momentum",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RUNNING)
def test_a_changed_running_statistic_is_refuted(name, tmp_path):
    dialect, old, new = RUNNING[name]
    rule = "normalizations/batch_norm"
    form = forms(rule, "layer")[dialect][0]
    source = inspect.getsource(form.func)
    assert old in source, source
    edited = changed(form.func, source, source.replace(old, new), tmp_path)
    whole = update_wrapper(partial(edited, **form.parts), form)
    whole.__signature__ = inspect.signature(form)
    obligation = Obligation(rule, rules()[rule].dialect(dialect), whole, (), "layer")
    with pytest.raises(ProofError, match=r"running_(mean|var)\[0\] differs from the spec, for x"):
        prove(obligation)


SUMS = {
    "bias twice": ("zeros", "layer", "forward", "ctx.store(y) + b", "ctx.store(y) + 2 * b"),
    "bias gradient twice": ("zeros", "gradient", "backward", "db(ctx, dy)", "db(ctx, 2 * dy)"),
    "kernel gradient scaled": (
        "circular", "gradient", "backward", "dw(ctx, at, dy, x)", "dw(ctx, at, dy, 3 * x)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SUMS)
def test_a_changed_sum_of_a_convolution_is_refuted(name, tmp_path, monkeypatch):
    dialect, kind, function, old, new = SUMS[name]
    text = changed(getattr(accumulate, function), old, new, tmp_path)
    monkeypatch.setattr(accumulate, function, text)
    rule = "convolutions/conv"
    form = forms(rule, kind)[dialect][0]
    options = ("bias",) if kind == "layer" else ()
    with pytest.raises(ProofError, match="differs from the spec, for x of shape"):
        prove(Obligation(rule, rules()[rule].dialect(dialect), form, options, kind))


def test_a_form_of_another_dialect_is_refuted():
    for rule, dialect, other in (
        ("normalizations/rms_norm", "paper", "offset"),
        ("normalizations/group_norm", "contiguous", "interleaved"),
        ("convolutions/conv", "same_upper", "same_lower"),
        ("convolutions/conv_transpose", "adjoint", "unflipped"),
        ("convolutions/convolution", "same", "full"),
    ):
        layer = rules()[rule].dialect(dialect)
        options = tuple(option.name for option in layer.options)
        form = forms(rule, "layer")[other][0]
        with pytest.raises(ProofError, match=r"differs|has shape"):
            prove(Obligation(rule, layer, form, options, "layer"))


def no_axis(ctx, x, gamma=None, beta=None, *, eps):
    return {"y": x}


def no_beta(ctx, x, gamma=None, *, eps, axis):
    return {"y": x}


def another_name(ctx, x, gamma=None, beta=None, *, eps, axis):
    return {"z": x}


def another_shape(ctx, x, gamma=None, beta=None, *, eps, axis):
    return {"y": x[:, 0]}


def compares(ctx, x, gamma=None, beta=None, *, eps, axis):
    return {"y": x if x.flat[0] == 0 else 2 * x}


def rounds(ctx, x, gamma=None, beta=None, *, eps, axis):
    return {"y": x * 0.5}


REFUSED = {
    "required parameters do not agree with the spec in axis": no_axis,
    "optional parameters do not agree with the spec in beta": no_beta,
    "gives z, not y": another_name,
    "y has shape (2,)": another_shape,
    "a text must not compare values": compares,
    "is not shown to equal the spec, for x of shape (2, 1), axis = 1: unsupported": rounds,
}


@pytest.mark.parametrize("message", REFUSED)
def test_a_text_that_is_no_form_is_refused(message):
    rule = "normalizations/layer_norm"
    layer = rules()[rule].dialect("elementwise")
    with pytest.raises(ProofError, match=re.escape(message)):
        prove(Obligation(rule, layer, REFUSED[message], (), "layer"))
