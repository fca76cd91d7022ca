"""A browser, the site as a server gives it, and pages that complain when they are done."""

import os
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without saying so."""

    def log_message(self, format, *_):
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """The Chromium of this machine, without a window."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        reason = f"no browser: none of {', '.join(NAMES)}"
        (pytest.fail if os.environ.get("GOLDENRULE_REQUIRE_TOOLS") else pytest.skip)(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        opened = playwright.chromium.launch(executable_path=found, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def address(site) -> Iterator[str]:
    """Where the site is served on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser, address) -> Iterator:
    """A page; it must cause no error, no failed request, and no request to another host."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page = context.new_page()
    complaints: list[str] = []

    def check(response) -> None:
        if response.status >= 400:
            complaints.append(f"{response.status} {response.url}")

    def asked(request) -> None:
        if not request.url.startswith((address, "file://", "data:", "blob:", "about:")):
            complaints.append(f"another host: {request.url}")

    def failed(request) -> None:
        if request.failure != "net::ERR_ABORTED":  # by leaving the page
            complaints.append(f"failed: {request.url}: {request.failure}")

    def said(message) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{message.type} on {page.url}: {message.text}")

    page.on("response", check)
    page.on("request", asked)
    page.on("requestfailed", failed)
    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(f"error on {page.url}: {error}"))
    yield page
    context.close()
    assert complaints == []
