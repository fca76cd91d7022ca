"""Every page in a browser: formulas are rendered, and nothing is wider than a telephone."""

from goldenrule.spec.catalogue import rules

TELEPHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
CONFIG = '{"lang": ["en"], "separator": " ", "pipeline": [], "fields": {}}'
EMPTY = f'{{"config": {CONFIG}, "docs": []}}'
RENDERED = """() => {
  const all = [...document.querySelectorAll(".arithmatex")];
  return [all.length, all.filter((one) => !one.querySelector(".katex")).length,
          document.querySelectorAll(".katex-error").length];
}"""
SCROLLS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_every_page(site, page, address):
    """Without the search, which reads its whole index on every page; other tests have it."""
    page.route("**/search/search_index.js", lambda route: route.fulfill(body=f"__index = {EMPTY}"))
    page.route("**/search/search_index.json", lambda route: route.fulfill(body=EMPTY))
    formulas, wide = {}, []
    for path in sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")):
        page.goto("about:blank")
        page.set_viewport_size(DESKTOP)
        page.goto(f"{address}/{path}")
        formulas[path], raw, wrong = page.evaluate(RENDERED)
        assert (path, raw, wrong) == (path, 0, 0)
        for size in (DESKTOP, TELEPHONE):
            page.set_viewport_size(size)
            if (over := page.evaluate(SCROLLS)) > 0:
                wide.append(f"{path}: {over} pixels wider than {size['width']}")
    assert wide == []
    assert all(formulas[f"{name}.html"] > 5 for name in rules())


def test_punctuation_stays_with_its_formula(page, address):
    page.goto(f"{address}/optimizers/adam.html")
    first = "() => document.querySelectorAll('.arithmatex .beside').length"
    assert page.evaluate(first) > 0


def test_fonts_of_formulas_are_loaded(page, address):
    page.goto(f"{address}/optimizers/adam.html")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    assert page.evaluate("() => document.fonts.check('16px KaTeX_Main')")
    assert page.evaluate("() => document.fonts.check('italic 16px KaTeX_Math')")
