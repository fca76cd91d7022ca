"""Blocks as Markdown."""

from goldenrule.conformance.explain.blocks import (
    Equation,
    Equations,
    Folded,
    Heading,
    Items,
    Math,
    Paragraph,
    Table,
)
from goldenrule.conformance.explain.markdown import line, markdown
from goldenrule.conformance.explain.numbering import numbered
from goldenrule.conformance.explain.terminal import terminal

STEP = Equation("update", Math("x", "x"), Math("y < z", "y < z"), "replaced", "paper-update")
GONE = Equation("bias", Math("b", "b"), None, "dropped")


def test_formulas_do_not_end_the_cells_of_tables():
    assert line(("if ", Math("|x|", "|x|"), " or $|y|$")) == (
        r"if $\vert x\vert$ or $\vert y\vert$"
    )


def test_columns_without_entries_are_left_out():
    table = Table(("a", "b", "c"), (("1", "", "2"), ("3", "", "4\n5")))
    assert markdown([table]) == "| a | c |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4<br>5 |\n"
    assert terminal([table]) == "a  c\n1  2\n3  4, 5\n"


def test_equations_are_numbered_and_can_be_linked_to():
    written = markdown(numbered([Equations((STEP, GONE)), Equations((STEP,))]))
    assert written.count('<tr id="paper-update" class="replaced">') == 2
    assert '<a href="#paper-update">(1)</a>' in written
    assert '<a href="#paper-update">(2)</a>' in written
    assert "(3)" not in written
    assert r"\(\displaystyle \leftarrow y &lt; z\)" in written
    assert '<td class="value">left out</td><td class="name">bias</td>' in written


def test_what_is_folded_is_printed_only_when_asked():
    blocks = [Heading(3, "Title", "here"), Folded("Proof", (Items(("one", "two"), True),))]
    assert markdown(blocks).startswith("### Title { #here }\n\n<details markdown")
    assert "1. one\n1. two" in markdown(blocks)
    assert terminal(blocks, folded=False) == "  Title"
    assert terminal(blocks) == "  Title\n    Proof:\n    1. one\n    2. two\n"


def test_marks_are_taken_away_in_the_terminal():
    text = r"**Option `a_b`**, as in [Adam](/optimizers/adam.md#x): $\beta_1^t$, 2 * 3, x\_y, *so*"
    assert terminal([Paragraph(text)]) == "Option a_b, as in Adam: β₁ᵗ, 2 * 3, x_y, so\n"


def test_a_table_that_is_too_wide_is_written_as_records():
    wide = Table(("name", "what"), (("x", "word " * 30),))
    first, second, *_ = terminal([wide]).split("\n")
    assert first == "x"
    assert second.startswith("  what  word word")
