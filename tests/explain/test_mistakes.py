"""Known mistakes on the page of a rule: all that were measured, each with what rejects it."""

import re

import pytest

from goldenrule.conformance.explain.blocks import Folded, Items, Paragraph, Table
from goldenrule.conformance.explain.parts import mistakes, vectors
from goldenrule.conformance.mistakes import mistakes_of
from goldenrule.spec.catalogue import find, rules


def flat(blocks):
    for block in blocks:
        yield block
        if isinstance(block, Folded):
            yield from flat(block.blocks)


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)
def test_every_mistake_that_was_measured_is_told_with_what_rejects_it(rule):
    blocks = list(flat(mistakes.part(rule, "")))
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    names = [row[0].strip("`") for row in rows]
    assert len(names) == len(set(names))
    assert set(names) <= {mistake.name for mistake in mistakes_of(rule.name)}
    assert blocks[0].text.startswith(f"{len(names)} known mistakes")
    carried = {flag for row in rows for flag in re.findall("`(.*?)`", row[-1])}
    (known,) = vectors.flags(rule, "")
    assert carried <= {row[0].strip("`") for row in known.rows}


def test_own_mistakes_come_first_and_links_are_short():
    words, own, *_ = mistakes.part(find("adam"), "")
    assert isinstance(words, Paragraph) and isinstance(own, Table)
    told = {row[0]: row for row in own.rows}
    assert "`swapped-betas`" in told and "`update-sign`" not in told
    assert (
        "[holocron#1](https://github.com/frgfm/holocron/issues/1)"
        in told["`compounded-correction`"]
    )
    assert "`amsgrad`" in told["`amsgrad-ignored`"][-1]


def test_dialects_that_people_confuse_are_told():
    *_, items = mistakes.part(find("adam"), "")
    assert isinstance(items, Items)
    assert items.items[0].startswith("`keras`: [nanochat#304](")


def test_an_argument_is_refused():
    with pytest.raises(ValueError, match="mistakes takes no argument, not 'paper'"):
        list(mistakes.part(find("adam"), "paper"))
