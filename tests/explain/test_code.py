"""The reference text on the page of a rule: every dialect, its forms and its gradient, once."""

import re

import pytest

from goldenrule.conformance.explain.blocks import Code, Folded, Items, Paragraph
from goldenrule.conformance.explain.parts import code
from goldenrule.spec.catalogue import find, rules


def flat(blocks):
    for block in blocks:
        yield block
        if isinstance(block, Folded):
            yield from flat(block.blocks)


def sources(blocks):
    return "\n".join(block.text for block in flat(blocks) if isinstance(block, Code))


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)
def test_the_text_of_every_dialect_is_shown_once(rule):
    text = sources(code.part(rule, ""))
    for dialect in rule.dialects:
        assert len(re.findall(rf"^def {dialect.name}\(\s*ctx", text, re.MULTILINE)) == 1
    assert f"# reference/{rule.name}.py" in text


def test_a_dialect_is_shown_with_its_forms_and_its_gradient():
    first, forms, listed, gradient, called = code.part(find("layer_norm"), "elementwise")
    assert first.language == "python" and "def centred(" in first.text
    assert "proved equal" in forms.text and listed.items[0].startswith("`elementwise_")
    assert isinstance(gradient, Folded) and "def centred_backward(" in sources([gradient])
    assert called.title == "What these call" and "def normalized(" in sources([called])


def test_a_gradient_that_dialects_share_is_shown_once():
    blocks = list(code.part(find("batch_norm"), "unbiased biased"))
    assert Paragraph("Its gradient is that of `unbiased`.") in blocks
    assert sources(blocks).count("def training_backward(") == 1


def test_form_that_a_profile_must_declare():
    items = [b for b in code.part(find("batch_norm"), "unbiased") if isinstance(b, Items)]
    assert items[0].items[-1].endswith("(only where a profile says `onepass`)")


def test_an_unknown_dialect_is_refused():
    with pytest.raises(ValueError, match="optimizers/adam: no dialect 'wrong'"):
        list(code.part(find("adam"), "paper wrong"))
