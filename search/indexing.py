"""Keeping the index what the database says.

Whoever changes a policy notes it in the outbox (`policies.models.Change`) in the same transaction.
`update` takes the notes in: it writes the policies anew, commits the index, and only then deletes
the notes that it had read, so that a kill at any moment loses nothing and a second time changes
nothing.  `rebuild` makes a whole index in a folder of its own and swaps it in by one rename;
searches go on in the old one meanwhile.  One process at a time writes.  SEARCH_ENGINE's index is the
one that is searched; an index of another engine that was built beside it is kept up to date too.

    INDEX_FOLDER/whoosh-2/current -> 20310105-081500-123456    the index that is searched
    INDEX_FOLDER/lock                                          held by who writes
"""

import fcntl
import logging
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from config.metrics import SEARCH_SECONDS
from policies.models import Change, Policy, Provision
from search import analysis, dictionary
from search.engines import ENGINES
from search.engines.base import Engine, Entry, Found, IndexMissingError, Request
from search.entries import entries

BATCH = 50  # changes that are taken in by one commit: a few seconds of work, and then they are seen
POLICIES_AT_ONCE = 50  # whose text is in memory at once
CLAUSES_AT_ONCE = 5_000  # that a rebuild commits together
MISSING = "还没有检索索引，请运行 manage.py index update。"
MISSING_OF = "还没有 {engine} 的检索索引，请运行 manage.py index rebuild --engine {engine}。"

DAMAGED = "damaged"  # a file that a search leaves in an index that it could not read
FOLDER_NAME = "%Y%m%d-%H%M%S-%f"  # when the index was made, UTC

logger = logging.getLogger(__name__)

_opened: dict[str, Engine] = {}  # the last index of each engine; an older one is let go with its files and rows

Progress = Callable[[int, int], None]  # clauses done, clauses in all


def current(engine: str = "") -> Engine:
    """The index to search: the engine's, or SEARCH_ENGINE's.  Raises IndexMissingError when there is none."""
    kind = _kind(engine)
    pointer = _home(kind) / "current"
    if not pointer.exists():
        raise IndexMissingError(MISSING if kind is _kind() else MISSING_OF.format(engine=kind.name))
    folder = pointer.resolve()
    opened = _opened.get(kind.name)
    if opened is None or opened.folder != folder:
        dictionary.learn(folder)
        opened = _opened[kind.name] = kind(folder)
    return opened


def find(request: Request, engine: str = "") -> Found:
    """The current index's answer.  Raises IndexMissingError; an index that is damaged is marked to be rebuilt."""
    with SEARCH_SECONDS.labels(_kind(engine).name).time():
        return _find(request, engine)


def _find(request: Request, engine: str) -> Found:
    try:
        return current(engine).search(request)
    except IndexMissingError:
        index = current(engine)  # a rebuild took the index away between two steps: the new one answers
    try:
        return index.search(request)
    except IndexMissingError:
        with suppress(OSError):  # the folder is gone, or not ours to write
            (index.folder / DAMAGED).touch()
        raise


def warm() -> None:
    """Load now what the first search would have to wait for: the dictionaries, and the index if there is one."""
    analysis.warm()
    with suppress(IndexMissingError):
        current().count()


def update(batch: int = BATCH) -> int:
    """Take in the oldest `batch` notes of the outbox; return how many were taken.

    Raises IndexMissingError when there is no index, or none that can be read: `rebuild` makes one.
    """
    with _turn():
        index = _sound(current())
        notes = list(Change.objects.order_by("id").values_list("id", "policy_id")[:batch])
        if notes:
            policies = list(dict.fromkeys(policy for _, policy in notes))
            _write(index, policies)
            for kind in _indexes():
                if kind is not _kind():
                    _write_beside(kind, policies)
            Change.objects.filter(id__in=[note for note, _ in notes]).delete()
        return len(notes)


def _write(engine: Engine, policies: list[int]) -> None:
    """Write the policies anew into the engine's index."""
    with engine.writer() as writer:
        for policy in policies:
            writer.remove(policy)
        for entry in _entries(policies):
            writer.add(entry)


def _write_beside(kind: type[Engine], policies: list[int]) -> None:
    """Write them into an index that is not the one that is searched; one that cannot be read is thrown away."""
    try:
        _write(_sound(current(kind.name)), policies)
    except IndexMissingError as error:
        logger.warning("index of %s thrown away: %s", kind.name, error)
        shutil.rmtree(_home(kind))


def rebuild(progress: Progress = lambda done, of: None, engine: str = "") -> int:
    """Make the index anew from the database and swap it in; return how many clauses it holds."""
    kind = _kind(engine)
    with _turn():
        home = _home(kind)
        home.mkdir(parents=True, exist_ok=True)
        _tidy(home)
        folder = home / datetime.now(UTC).strftime(FOLDER_NAME)
        folder.mkdir()
        # Notes that can be read now were committed with their changes, so those are in what we read below;
        # notes of later changes stay for `update`.
        notes = list(Change.objects.values_list("id", flat=True))
        try:
            done = _make(kind(folder), progress)
        except BaseException:
            shutil.rmtree(folder)
            raise
        _point_to(folder)
        if len(_indexes()) == 1:  # another engine's index still waits for them
            Change.objects.filter(id__in=notes).delete()
        _tidy(home)
        for other in home.parent.glob(f"{kind.name}-*"):
            if other != home:  # of another version, which nobody reads now
                shutil.rmtree(other)
        return done


def discard() -> None:
    """Throw away every index: they are of a database that is about to be another."""
    with _turn():
        for kind in ENGINES.values():
            for home in Path(settings.INDEX_FOLDER).glob(f"{kind.name}-*"):
                shutil.rmtree(home)


def _tidy(home: Path) -> None:
    """Delete every index but the current one: older ones, and those that a killed rebuild left half made."""
    kept = (home / "current").resolve()
    for folder in home.iterdir():
        if folder.is_dir() and not folder.is_symlink() and folder != kept:
            shutil.rmtree(folder)


def _make(engine: Engine, progress: Progress) -> int:
    """An index of everything, in the engine's folder, which is empty; how many clauses."""
    engine.create()
    dictionary.gather(engine.folder)
    dictionary.learn(engine.folder)
    total = Provision.objects.clauses().count()
    rows = _entries(Policy.objects.order_by("pk").values_list("pk", flat=True).iterator())
    done = 0
    while portion := list(islice(rows, CLAUSES_AT_ONCE)):
        with engine.writer() as writer:
            for entry in portion:
                writer.add(entry)
                done += 1
                progress(done, total)
    return done


def _entries(policies: Iterable[int]) -> Iterator[Entry]:
    ids = iter(policies)
    while portion := list(islice(ids, POLICIES_AT_ONCE)):
        yield from entries(portion)


def _kind(name: str = "") -> type[Engine]:
    """The engine of that name; without one, SEARCH_ENGINE."""
    return ENGINES[name or settings.SEARCH_ENGINE]


def _indexes() -> list[type[Engine]]:
    """The engines that have an index."""
    return [kind for kind in ENGINES.values() if (_home(kind) / "current").exists()]


def _sound(engine: Engine) -> Engine:
    """The engine itself.  Raises IndexMissingError when it cannot be read, now or where a search met it."""
    engine.count()
    if (engine.folder / DAMAGED).exists():
        raise IndexMissingError(f"检索索引已损坏（{engine.folder}），请重建索引。")
    return engine


def _home(engine: type[Engine]) -> Path:
    """Where the indexes of the engine lie that this version of it can read."""
    return Path(settings.INDEX_FOLDER) / f"{engine.name}-{engine.version}"


def _point_to(folder: Path) -> None:
    link = folder.parent / "next"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    link.replace(folder.parent / "current")


@contextmanager
def _turn() -> Iterator[None]:
    """Hold the right to write; wait for who holds it now."""
    home = Path(settings.INDEX_FOLDER)
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _noted() -> set[int]:
    return set(Change.objects.values_list("policy_id", flat=True))


@dataclass(frozen=True, slots=True)
class Comparison:
    """How index and database differ, in clauses, apart from what waits in the outbox.

    `policies` are the ids of those that differ.
    """

    clauses: int
    missing: int
    surplus: int
    different: int
    policies: list[int]

    @property
    def same(self) -> bool:
        return not (self.missing or self.surplus or self.different)


def check(engine: str = "") -> Comparison:
    """Compare the index with the database, clause by clause.  Raises IndexMissingError.

    The indexer goes on meanwhile; what seemed to differ is compared once more while it waits.
    """
    found = _compare(engine, None)
    if found.same:
        return found
    with _turn():
        return replace(_compare(engine, set(found.policies)), clauses=found.clauses)


def _compare(engine: str, only: set[int] | None) -> Comparison:
    """The difference in all policies, or in those."""
    waiting = _noted()
    contents = current(engine).contents()
    held = {clause: (policy, mark) for policy, clause, mark in contents if only is None or policy in only}
    policies = Policy.objects.order_by("pk") if only is None else Policy.objects.filter(pk__in=only)
    missing, different = [], []
    total = 0
    for entry in _entries(policies.values_list("pk", flat=True).iterator()):
        total += 1
        known = held.pop(entry.clause, None)
        if known is None:
            missing.append(entry.policy.policy)
        elif known != (entry.policy.policy, entry.fingerprint()):
            different.append(entry.policy.policy)
    surplus = [policy for policy, _ in held.values()]
    waiting |= _noted()  # what changed while we compared is no difference either
    missing, surplus, different = (
        [policy for policy in found if policy not in waiting] for found in (missing, surplus, different)
    )
    differing = sorted({*missing, *surplus, *different})
    return Comparison(total, len(missing), len(surplus), len(different), differing)


@dataclass(frozen=True, slots=True)
class Held:
    """An engine's index: how many clauses, and when it was made; both None when there is none."""

    engine: str
    clauses: int | None
    built: datetime | None


@dataclass(frozen=True, slots=True)
class Status:
    """`clauses` are those of the database, `lag` is the age of the oldest note in seconds, 0 when nothing waits."""

    indexes: list[Held]
    clauses: int
    waiting: int
    lag: float


def status() -> Status:
    """What there is, without comparing it."""
    return Status(
        [_held(engine) for engine in ENGINES], Provision.objects.clauses().count(), Change.objects.count(), lag()
    )


def lag() -> float:
    """For how many seconds the oldest note has waited, 0 when nothing waits."""
    oldest = Change.objects.order_by("id").values_list("created_at", flat=True).first()
    return max((timezone.now() - oldest).total_seconds(), 0.0) if oldest else 0.0


def _held(engine: str) -> Held:
    try:
        index = current(engine)
        built = datetime.strptime(index.folder.name, FOLDER_NAME).replace(tzinfo=UTC)
        return Held(engine, index.count(), built)
    except IndexMissingError:
        return Held(engine, None, None)
