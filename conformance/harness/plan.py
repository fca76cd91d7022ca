"""What a run consists of: which entries meet which vector files, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from ..files.discovery import PACKAGED_VECTORS, Location, discover, rule_matches
from ..files.formats import PROFILES, close_matches, format_of
from ..files.vector_file import Case, VectorFile, VectorFileError, load
from .child import BackendFailure, Unavailable
from .results import Problem
from .session import Session, open_sessions
from .targets import UnknownBackend, find
from .wire import EntryInfo, ObjectInfo

Key = tuple[str, str]


@dataclass(frozen=True)
class Selection:
    """What to verify: shell patterns for rule, dialect and profile, and the vectors' root.

    A pattern for property checks selects those, and no cases.
    """

    rule: str = "*"
    dialect: str = "*"
    profile: str = "*"
    root: Path = PACKAGED_VECTORS
    check: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether everything is selected."""
        return self.rule == self.dialect == self.profile == "*" and self.check is None

    def selects(self, rule: str, dialect: str, profile: str | None = None) -> bool:
        """Whether the patterns match."""
        return (
            rule_matches(self.rule, rule)
            and fnmatchcase(dialect, self.dialect)
            and (profile is None or fnmatchcase(profile, self.profile))
        )


@dataclass(frozen=True)
class Library:
    """The vector files under a root: those that exist, and those of the selection, loaded."""

    known: frozenset[Key]
    files: Mapping[Key, VectorFile]

    @staticmethod
    def open(selection: Selection) -> tuple[Library, list[Problem]]:
        """Load the selected files; each bad one is a problem that fails the run."""
        if not selection.root.is_dir():
            return Library(frozenset(), {}), [Problem(str(selection.root), "no such folder")]
        locations = discover(selection.root)
        files: dict[Key, VectorFile] = {}
        problems: list[Problem] = []
        selected = [place for place in locations if selection.selects(place.rule, place.dialect)]
        for place in selected:
            try:
                files[place.rule, place.dialect] = load(place)
            except VectorFileError as error:
                problems.append(Problem("vector file", str(error), wrong=True))
        if not selected:
            problems.append(Problem("selection", _no_file(selection, locations)))
        return Library(frozenset((p.rule, p.dialect) for p in locations), files), problems


def _no_file(selection: Selection, locations: Iterable[Location]) -> str:
    """Say which pattern no vector file meets, and the nearest names."""
    rules = {place.rule for place in locations}
    dialects = {p.dialect for p in locations if rule_matches(selection.rule, p.rule)}
    if not rules:
        return f"no vector files in {selection.root}"
    if not dialects:
        hint = close_matches(selection.rule, rules)
        return f"no vector file matches rule {selection.rule!r}{hint}"
    what = f"rule {selection.rule!r} and dialect {selection.dialect!r}"
    return f"no vector file matches {what}{close_matches(selection.dialect, dialects)}"


@dataclass(frozen=True)
class Task:
    """An entry in one profile with its vector file, or the reason why it cannot be checked."""

    session: Session
    entry: EntryInfo
    profile: str
    file: VectorFile | None
    reason: str = ""

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases that ask for what the entry computes."""
        return self.file.asking_for(self.entry.computes) if self.file else ()


def open_targets(names: Iterable[str], timeout: float) -> tuple[list[Session], list[Problem]]:
    """Import the named backends, two at a time, each in a child process of its own."""

    def attempt(name: str) -> list[Session] | Problem:
        try:
            return open_sessions(find(name), timeout)
        except Unavailable as error:
            return Problem(name, f"not checked: {error}")
        except (UnknownBackend, BackendFailure) as error:
            return Problem(name, str(error))

    sessions: list[Session] = []
    problems: list[Problem] = []
    with ThreadPoolExecutor(2) as pool:
        for outcome in pool.map(attempt, dict.fromkeys(names)):
            if isinstance(outcome, Problem):
                problems.append(outcome)
                continue
            for session in outcome:
                if any(session.label == other.label for other in sessions):
                    session.close()
                    message = f"another backend is called {session.label!r} already"
                    problems.append(Problem(session.target.name, message))
                else:
                    sessions.append(session)
    return sessions, problems


def plan(
    sessions: Iterable[Session], library: Library, selection: Selection
) -> tuple[list[Task], list[Problem]]:
    """Match declarations with vector files; a declaration of something unknown is a problem."""
    tasks: list[Task] = []
    problems: list[Problem] = []
    for session in sessions:
        for entry in session.backend.entries:
            if not selection.selects(entry.rule, entry.dialect):
                continue
            if problem := unknown(entry, library, selection.root):
                problems.append(Problem(session.label, problem))
            elif selection.check is None and (entry.rule, entry.dialect) in library.known:
                tasks.extend(_tasks(session, entry, library, selection))
    return tasks, list(dict.fromkeys(problems))


def _tasks(
    session: Session, entry: EntryInfo, library: Library, selection: Selection
) -> Iterator[Task]:
    file = library.files.get((entry.rule, entry.dialect))
    for profile in entry.profiles:
        if not selection.selects(entry.rule, entry.dialect, profile):
            continue
        reason = ""
        if file is None:
            reason = "its vector file cannot be used"
        elif profile not in file.profiles:
            command = f"goldenrule generate --rule {entry.rule} --profile {profile} --out DIR"
            reason = f"its vector file lacks this profile; for --vectors DIR: {command}"
        yield Task(session, entry, profile, None if reason else file, reason)


def unknown(entry: EntryInfo | ObjectInfo, library: Library, root: Path) -> str:
    """Say which rule, dialect or profile of a declaration does not exist."""
    if root != PACKAGED_VECTORS and not (root / entry.rule).is_dir():
        if (PACKAGED_VECTORS / entry.rule).is_dir():
            return f"{root} has no vectors of {entry.rule}"
    dialects = {dialect for rule, dialect in library.known if rule == entry.rule}
    if not library.known:
        return ""  # what is wrong with the vectors is a problem of its own
    if not dialects:
        rules = {rule for rule, _ in library.known}
        return f"declares an unknown rule {entry.rule!r}{close_matches(entry.rule, rules)}"
    if entry.dialect not in dialects:
        hint = close_matches(entry.dialect, dialects)
        return f"declares an unknown dialect {entry.rule}/{entry.dialect}{hint}"
    for profile in entry.profiles:
        if format_of(profile) is None:
            hint = close_matches(profile, PROFILES)
            return f"declares an unknown profile {profile!r} of {entry.rule}/{entry.dialect}{hint}"
    return ""
