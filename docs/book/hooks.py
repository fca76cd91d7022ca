"""What MkDocs calls while it builds the book."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from goldenrule.conformance.explain.page import PageError

try:
    from goldenrule.docs.book import api, katex, search_text, splice
    from goldenrule.docs.book.figures import catalogue
except ModuleNotFoundError as error:
    package, _, _ = str(error.name).partition(".")
    raise PluginError(f"{package} is not installed: run `make docs`") from None

TEXTS: dict[str, str] = {}
"""Every page by its path, with its parts filled in."""
WRONG: list[str] = []
"""What KaTeX says about formulas."""


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Tell the API reference where the code is, before it looks; miss KaTeX before all the work."""
    katex.folder()
    api.configure(config)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Fill in the parts of all pages, and add KaTeX and the pictures."""
    _say("proofs are checked and parts filled in")
    texts = {f.src_uri: get_data(f.content_string)[0] for f in files.documentation_pages()}
    TEXTS.clear()
    WRONG.clear()
    try:
        splice.pages(texts)
        TEXTS.update(splice.spliced(texts))
    except PageError as error:
        raise PluginError(str(error)) from None
    _say("pictures are drawn")
    folder = Path(_FOLDER.name)
    catalogue.write(folder)
    for path in sorted(folder.glob("*.svg")):
        name = f"assets/figures/{path.name}"
        files.append(File.generated(config, name, abs_src_path=str(path)))
    katex.add(files, config)
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Give the page with its parts; generated pages stay as they are."""
    return TEXTS.get(page.file.src_uri, markdown)


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Let KaTeX look at every formula."""
    WRONG.extend(f"{page.file.src_uri}: {problem}" for problem in katex.problems(output))
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Fail where KaTeX refused a formula; let the search find and show formulas as plain text."""
    if WRONG:
        raise PluginError("\n".join(WRONG))
    search_text.rewrite(config.site_dir)


def _say(what: str) -> None:
    """Tell what takes long, on a terminal."""
    if sys.stderr.isatty():
        print(f"book: {what}", file=sys.stderr)


_FOLDER = TemporaryDirectory(prefix="goldenrule-figures-")
