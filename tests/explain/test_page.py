"""Pages: prose and parts are told apart, what is wrong is named, what is shown is known."""

import pytest

from goldenrule.conformance.explain.page import PageError, Part, everything, page_of, read
from goldenrule.spec.catalogue import find, rules

ADAM = find("adam")


def test_prose_stays_as_it_is_and_parts_stand_alone_on_a_line():
    page = read("# T\n\n{{ equations paper }}\n\nIn `{{ a line }}` it is none.\n", ADAM)
    assert page.pieces == (
        "# T\n\n",
        Part("equations", ADAM, "paper"),
        "\n\nIn `{{ a line }}` it is none.\n",
    )


def test_elsewhere_the_argument_names_the_rule():
    (part,) = read("{{ equations optimizers/adam/keras }}").parts
    assert (part.rule, part.argument) == (ADAM, "keras")
    (part,) = read("{{ symbols optimizers/adam }}", find("sgd")).parts
    assert (part.rule, part.argument) == (ADAM, "")


def test_claims_alone_means_those_shown_nowhere_else():
    first, rest = read("{{ proof first-step }}\n{{ claims }}\n", ADAM).parts
    assert first.argument not in rest.argument.split()
    shown = {name for kind, *_, name in read("{{ claims }}", ADAM).shown() if kind == "claim"}
    assert shown == {first.argument, *rest.argument.split()}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ equations papers }}", "no dialect 'papers'; dialects: paper, keras"),
        ("{{ proof nothing }}", "no claim 'nothing'; claims: "),
        ("{{ code papers }}", "papers"),
    ],
)
def test_a_wrong_argument_is_one_clear_line(text, message):
    (part,) = read(text, ADAM).parts
    with pytest.raises(PageError, match=message) as caught:
        list(part.blocks())
    assert "\n" not in str(caught.value)


def test_a_part_of_no_rule_is_refused():
    (part,) = read("{{ symbols }}").parts
    with pytest.raises(PageError, match="part 'symbols' says no rule"):
        list(part.blocks())


def test_every_page_of_a_rule_shows_all_of_it():
    for name, rule in rules().items():
        about = {what for what in everything() if what[1] == name}
        assert len(about) >= 2
        assert about <= page_of(rule).shown()
