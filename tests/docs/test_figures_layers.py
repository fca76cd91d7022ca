"""What the pictures of layers and of errors show is so."""

import re

import numpy as np
import pytest

from goldenrule.docs.book.figures import anatomy, combs, flip, groups, outside, variance, windows
from goldenrule.reference.catalogue import forms
from goldenrule.reference.contexts.ieee import IeeeContext

DIALECT_OF = {
    "batch norm": ("batch_norm", "unbiased", {"momentum": 0.1}),
    "instance norm": ("instance_norm", "instance", {}),
    "layer norm": ("layer_norm", "elementwise", {"axis": 1}),
    "RMS norm": ("rms_norm", "paper", {"axis": 1}),
    "group norm": ("group_norm", "contiguous", {"groups": groups.GROUPS}),
    "group norm, interleaved": ("group_norm", "interleaved", {"groups": groups.GROUPS}),
}


@pytest.mark.parametrize("name", groups.PARTITIONS)
def test_an_element_changes_the_outputs_of_its_group_alone(name):
    rule, dialect, given = DIALECT_OF[name]
    function, ctx = forms(f"normalizations/{rule}")[dialect][0], IeeeContext()
    channels = groups.SHAPE[1]
    if rule == "batch_norm":
        given = given | {"running_mean": np.zeros(channels), "running_var": np.ones(channels)}
    x = np.random.default_rng(4).standard_normal(groups.SHAPE)
    changed = x.copy()
    changed.flat[0] += 1
    before, after = (
        function(ctx, at, **given, eps=ctx.scalar(1e-5))["y"].astype(float) for at in (x, changed)
    )
    coloured = groups.PARTITIONS[name](groups.SHAPE).groups.positions[0]
    assert np.flatnonzero(before.ravel() != after.ravel()).tolist() == coloured


@pytest.mark.parametrize("name", groups.PARTITIONS)
def test_counts_under_the_groups_are_those_of_the_partition(name):
    blocks = groups.PARTITIONS[name](groups.SHAPE).groups
    count, size = map(int, re.findall(r"\d+", groups.counted(blocks, "groups")))
    assert count * size == np.prod(groups.SHAPE)
    assert sorted(i for block in blocks.positions for i in block) == [*range(count * size)]


@pytest.mark.parametrize("name", windows.SLIDING | windows.SAME)
def test_outputs_are_made_of_what_their_lines_reach(name):
    of, given = (windows.SLIDING | windows.SAME)[name]
    size = windows.SIZE if name in windows.SLIDING else windows.SAME_SIZE
    comb = windows.slid(of, size, **given)
    stride, dilation = given.get("stride", 1), given.get("dilation", 1)
    for link in comb.links:  # one straight comb: every line follows from the first
        first = comb.links[0]
        steps = stride * (link.below - first.below) + dilation * (link.k - first.k)
        assert link.above - first.above == steps
    for y in comb.below:
        assert sorted(link.k for link in comb.links if link.below == y) == [0, 1, 2]
    inside = {(y, x, k) for y, x, k in windows.window(of, size, **given).places if min(x, y) >= 0}
    drawn = {(link.below, link.above, link.k) for link in comb.links if link.above in comb.above}
    assert drawn == inside


def test_same_puts_the_odd_zero_where_the_caption_says():
    combs_of = {
        name: windows.slid(of, windows.SAME_SIZE, **given)
        for name, (of, given) in windows.SAME.items()
    }
    assert combs_of["same_upper"].seen == {windows.SAME_SIZE}
    assert combs_of["same_lower"].seen == {-1}
    assert combs_of["zeros, padding 1"].links == combs_of["same_lower"].links
    assert combs_of["causal"].seen == {-2, -1}
    for comb in combs_of.values():
        assert len(comb.below) == windows.SAME_SIZE // 2


@pytest.mark.parametrize("name", windows.SPREAD)
def test_transposed_combs_have_the_sizes_of_the_reference(name):
    of, given = windows.SPREAD[name]
    comb = windows.spread(of, windows.SPREAD_SIZE, **given)
    uncut = 2 * (windows.SPREAD_SIZE - 1) + windows.KERNEL
    assert len(comb.below) + len(comb.cut) == uncut
    for x in comb.above:
        assert [link.k for link in comb.links if link.above == x] == [0, 1, 2]


def test_squares_beyond_the_ends_are_numpys():
    for name, mode in (("reflect", "reflect"), ("replicate", "edge"), ("circular", "wrap")):
        expected = np.pad(np.arange(1, outside.SIZE + 1), outside.BORDER, mode=mode)
        assert [int(x) for x in outside.standing(outside.DIALECTS[name])] == expected.tolist()


@pytest.mark.parametrize(
    "rule, reference", [("convolution", np.convolve), ("cross_correlation", np.correlate)]
)
def test_what_becomes_of_an_impulse_is_numpys(rule, reference):
    assert flip.response(rule) == reference(flip.IMPULSE, flip.TAPS, "same").tolist()


@pytest.mark.parametrize("algorithm", ["two passes", "one pass"])
def test_no_variance_is_further_off_than_proved(algorithm):
    found, proved = variance.errors(algorithm), variance.bounds(algorithm)
    assert np.all(found <= proved)
    assert found.max() > 1e-4 * proved.max()


def test_one_pass_loses_all_digits_and_two_passes_do_not():
    assert variance.errors("one pass")[-1].max() > 1
    assert variance.errors("two passes").max() < 1e-2


def test_no_error_of_adam_exceeds_its_bound():
    for exact, error, bound in anatomy.judged().values():
        assert np.all(np.isfinite(exact))
        assert np.all(error <= bound)
        assert np.max(error / bound) > 0.5


def test_combs_join_lines_to_squares():
    comb = windows.slid(windows.SLIDING["stride 2"][0], windows.SIZE, stride=2)
    at = combs.Places.aligned(comb)
    assert [at.of("y", i) for i in comb.below] == [1, 3, 5]
