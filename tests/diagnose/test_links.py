"""Links lead to threads, and only from what people really did."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages

from goldenrule.conformance import mistakes
from goldenrule.conformance.mistakes import mistakes_of
from goldenrule.conformance.mistakes.dialects import _LINKS, links_of
from goldenrule.reference import catalogue

THREAD = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+/(issues|pull)/[1-9]\d*")
EVERY = {
    (rule.partition("/")[0], mistake.name, mistake.sentence): mistake
    for rule in catalogue.names()
    for mistake in mistakes_of(rule)
}


def test_links_lead_to_threads() -> None:
    links = [link for mistake in EVERY.values() for link in mistake.links]
    links += [link for links in _LINKS.values() for link in links]
    assert all(THREAD.fullmatch(link) for link in links)


def test_many_mistakes_were_seen_in_the_wild() -> None:
    assert sum(bool(mistake.links) for mistake in EVERY.values()) >= 50


def test_no_mistake_names_a_thread_twice() -> None:
    assert not [x.name for x in EVERY.values() if len(set(x.links)) < len(x.links)]


def test_dialects_with_links_exist() -> None:
    for name in _LINKS:
        rule, _, dialect = name.rpartition("/")
        assert dialect in catalogue.forms(rule, "step")
        assert links_of(name)
    assert links_of("optimizers/adam/paper") == ()


def test_every_module_of_mistakes_says_what_it_is() -> None:
    for module in walk_packages(mistakes.__path__, f"{mistakes.__name__}."):
        assert import_module(module.name).__doc__
