"""Pictures: they draw, load nothing, and are the same every time."""

import re
from pathlib import Path

import pytest

from goldenrule.docs.book.figures import catalogue
from goldenrule.docs.book.figures.style import DARK, LIGHT, SCHEMES

ROOT = Path(__file__).parents[2]
LOADS = re.compile(r"""(?:href|src)\s*=\s*["'](?!#)|url\((?!#)|@import|<script|<image|<!DOCTYPE""")


@pytest.fixture(scope="module")
def drawings(site):
    """All pictures, as the site has them."""
    return {path.name: path.read_text("utf-8") for path in (site / catalogue.FOLDER).iterdir()}


def test_every_picture_is_written_in_both_schemes(drawings):
    assert set(drawings) == {f"{n}-{s}.svg" for n in catalogue.FIGURES for s in ("light", "dark")}
    for name in catalogue.FIGURES:
        assert drawings[f"{name}-light.svg"] != drawings[f"{name}-dark.svg"]


def test_pictures_are_drawings_that_load_nothing(drawings):
    for name, drawing in drawings.items():
        assert drawing.startswith("<svg"), name
        assert drawing.count("<path") > 20, name
        assert not LOADS.search(drawing), name
        assert "<text" not in drawing, name  # letters are paths: no font of the reader's machine


def test_pictures_are_small(drawings):
    large = {name: len(drawing) for name, drawing in drawings.items() if len(drawing) > 100_000}
    assert large == {}


def test_the_search_for_what_is_loaded_finds_it():
    for loading in ('<image href="x.png"/>', '<use xlink:href="http://x/y"/>', "url(http://x)"):
        assert LOADS.search(loading)
    assert not LOADS.search('<svg xmlns="http://www.w3.org/2000/svg"><use xlink:href="#a"/>')


@pytest.mark.parametrize("name", ["ewma-bias", "stability-nesterov"])
def test_a_picture_has_the_same_bytes_in_every_process(drawings, name):
    light, dark = catalogue.drawn(name)
    assert light == drawings[f"{name}-light.svg"]
    assert dark == drawings[f"{name}-dark.svg"]


def test_schemes_are_legible():
    """Text and curves keep the contrast of large text and graphics, of 3 to 1, and more."""
    for scheme in SCHEMES:
        assert contrast(scheme.text, scheme.page) > 10
        for colour in (scheme.muted, scheme.accent, scheme.second, *scheme.rules.values()):
            assert contrast(colour, scheme.page) > 3, (scheme.name, colour)
    assert set(LIGHT.rules) == set(DARK.rules)


def test_pictures_stand_on_the_colour_of_the_page():
    style = (ROOT / "docs/assets/style.css").read_text(encoding="utf-8")
    for scheme, name in ((LIGHT, "default"), (DARK, "slate")):
        block = style.partition(f'[data-md-color-scheme="{name}"]')[2].partition("}")[0]
        assert f"--md-default-bg-color: {scheme.page};" in block


def contrast(one, other):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_markdown_shows_one_of_two_files_with_a_caption():
    made = catalogue.markdown("adam-dialects")
    for scheme in ("light", "dark"):
        assert f"](/assets/figures/adam-dialects-{scheme}.svg#only-{scheme})" in made
    assert catalogue.FIGURES["adam-dialects"].caption in made


def test_an_unknown_figure_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match="no figure 'adam'; known: trajectories"):
        catalogue.markdown("adam")


def test_every_picture_is_on_a_page():
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md")]
    shown = {name for page in pages for name in re.findall(r"^\{\{ figure (\S+) \}\}$", page, re.M)}
    assert shown == {*catalogue.FIGURES}


@pytest.mark.parametrize("name", catalogue.FIGURES)
def test_every_picture_says_what_it_shows(name):
    picture = catalogue.FIGURES[name]
    assert 40 < len(picture.alt) < 300
    assert 60 < len(picture.caption) < 600
    assert "\n" not in picture.alt + picture.caption
    assert picture.caption.count("$") % 2 == 0
    assert not re.search(r'[\[\]"$`]', picture.alt)
