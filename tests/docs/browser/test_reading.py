"""What a reader does: search, follow the navigation, change the colours, follow a link."""

import re

import pytest

from goldenrule.spec.catalogue import rules

BACKGROUND = "() => getComputedStyle(document.body).backgroundColor"


def search(page, words):
    """Type into the box, and give the results."""
    page.locator(".md-search__input").click()
    page.keyboard.type(words)
    results = page.locator(".md-search-result__item")
    results.first.wait_for()
    return results


@pytest.mark.parametrize("where", ["served", "folder"])
def test_search_finds_eps_and_leads_to_a_page(page, address, site, where):
    start = address if where == "served" else site.as_uri()
    page.goto(f"{start}/index.html")
    results = search(page, "eps")
    assert results.count() > 3
    assert "\\(" not in "".join(results.all_inner_texts())
    results.locator("a[href*='?h=eps']").locator("visible=true").first.click()
    page.wait_for_url(re.compile(r"\?h=eps"))
    assert page.locator("article mark", has_text=re.compile("eps", re.IGNORECASE)).count() > 0


def test_tabs_and_sidebar_lead_to_a_rule(page, address):
    page.goto(f"{address}/index.html")
    page.locator(".md-tabs").get_by_text("Normalizations").click()
    page.wait_for_url(f"{address}/normalizations/index.html")
    page.locator(".md-sidebar--primary").get_by_text("Batch normalization").click()
    page.wait_for_url(f"{address}/normalizations/batch_norm.html")
    assert page.locator("h1").inner_text().startswith("Batch normalization")


def test_the_menu_of_a_telephone_leads_to_a_rule(page, address):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/index.html")
    page.locator("label[for=__drawer].md-header__button").click()
    page.locator(".md-nav__container", has_text="Optimizers").locator("label").click()
    page.locator(".md-sidebar--primary").get_by_role("link", name="Adam", exact=True).click()
    page.wait_for_url(f"{address}/optimizers/adam.html")


def test_colours_follow_the_system_and_the_switch(page, address):
    page.goto(f"{address}/index.html")
    light = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme="dark")
    page.reload()
    dark = page.evaluate(BACKGROUND)
    assert dark != light
    page.locator("label[title='Switch to light colours']").click()
    assert page.evaluate(BACKGROUND) == light
    page.locator("label[title='Switch to dark colours']").click()
    page.emulate_media(color_scheme="light")
    page.reload()
    assert page.evaluate(BACKGROUND) == dark


@pytest.mark.parametrize("width", [1280, 390])
def test_a_link_to_an_equation_scrolls_there(page, address, width):
    dialect = rules()["optimizers/adam"].dialects[-1]
    anchor = f"{dialect.name}-{dialect.steps[-1].name}"
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{address}/optimizers/adam.html#{anchor}")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.wait_for_timeout(300)
    top = page.evaluate("(id) => document.getElementById(id).getBoundingClientRect().top", anchor)
    assert 0 < top < 422
    assert page.evaluate("() => scrollY") > 844
