"""What MkDocs calls: pages are made anew in every build, and what is wrong is one line."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

hooks = pytest.importorskip("goldenrule.docs.book.hooks", reason="the docs extra is not installed")
PluginError = pytest.importorskip("mkdocs.exceptions").PluginError


class Pages(list):
    """The files of a site, as far as hooks look at them."""

    def __init__(self, texts):
        super().__init__()
        self.texts = texts

    def documentation_pages(self):
        return [SimpleNamespace(src_uri=k, content_string=v) for k, v in self.texts.items()]


@pytest.fixture
def build(monkeypatch):
    """A build of a few pages, without pictures and without KaTeX."""
    monkeypatch.setattr(hooks.splice, "everything", set)
    monkeypatch.setattr(hooks.catalogue, "write", lambda _: None)
    monkeypatch.setattr(hooks.katex, "add", lambda *_: None)

    def built(**texts):
        pages = {f"{name}.md": text for name, text in texts.items()}
        hooks.on_files(Pages(pages), None)
        return {path: shown(path) for path in pages}

    return built


def shown(path):
    return hooks.on_page_markdown("as it is", SimpleNamespace(file=SimpleNamespace(src_uri=path)))


def test_a_changed_page_is_made_anew_and_one_that_is_gone_is_forgotten(build):
    first = build(a="one\n\n{{ rules optimizers }}\n", b="two\n")
    assert first["a.md"].startswith("one\n\n| rule |") and first["b.md"] == "two\n"
    assert build(a="three\n") == {"a.md": "three\n"}
    assert shown("b.md") == "as it is"


def test_a_wrong_formula_is_forgotten_in_the_next_build(build):
    page = SimpleNamespace(file=SimpleNamespace(src_uri="a.md"))
    hooks.on_post_page(r'<span class="arithmatex">\(\bet_1\)</span>', page=page)
    assert hooks.WRONG
    build(a="one\n")
    assert not hooks.WRONG


def test_a_wrong_part_ends_the_build_in_one_line(build):
    with pytest.raises(
        PluginError, match=r"^a\.md: part 'figure': no figure 'x'; known: "
    ) as caught:
        build(a="{{ figure x }}\n", b="two\n")
    assert "\n" not in str(caught.value)
    assert shown("b.md") == "as it is"


@pytest.mark.parametrize("missing", ["matplotlib", "quickjs"])
def test_a_missing_package_is_one_line_that_says_what_to_do(missing, tmp_path):
    command = f"import sys; sys.modules[{missing!r}] = None; from mkdocs.__main__ import cli; cli()"
    found = subprocess.run(
        [sys.executable, "-c", command, "build", "--site-dir", str(tmp_path)],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert found.returncode == 1
    (line,) = found.stderr.splitlines()
    assert line.endswith(f"{missing} is not installed: run `make docs`")


def test_front_matter_is_no_part_of_a_page(build):
    assert build(a="---\ntitle: x\n---\nwords\n") == {"a.md": "words\n"}
