"""Verification of the index: it holds what the database says, and nothing waits for it for long."""

from collections.abc import Iterator

from django.conf import settings

from policies.models import Change, Policy
from policies.verification.check import Check
from search import indexing
from search.engines.base import IndexMissingError


def differing() -> Iterator[str]:
    """Policies that an index has otherwise than the database, apart from what waits; or that there is no index."""
    for engine in _engines():
        try:
            found = indexing.check(engine)
        except IndexMissingError as error:
            yield str(error)
            continue
        slugs = dict(Policy.objects.filter(pk__in=found.policies).values_list("pk", "slug"))
        yield from (f"{engine} 索引：政策 {pk}（{slugs.get(pk, '已不在')}）与数据库不同" for pk in found.policies)


def index_anew() -> None:
    """Take the policies in anew that differ; what no index can be read of is built."""
    for engine in _engines():
        try:
            Change.objects.note(indexing.check(engine).policies)
            while indexing.update():
                pass
            sound = indexing.check(engine).same
        except IndexMissingError:
            sound = False
        if not sound:
            indexing.rebuild(engine=engine)


def waiting() -> Iterator[str]:
    """Changes that wait for longer than READY_LAG."""
    lag = indexing.lag()
    if lag > settings.READY_LAG:
        yield f"{Change.objects.count()} 条变更等待编入索引，最早的已等了 {lag:.0f} 秒"


def _engines() -> list[str]:
    """The engine that is searched, and those whose index is kept beside it."""
    others = [held.engine for held in indexing.status().indexes if held.clauses is not None]
    return list(dict.fromkeys([settings.SEARCH_ENGINE, *others]))


CHECKS = (
    Check("没有久等索引的变更", waiting, index_anew),
    Check("检索索引与数据库一致", differing, index_anew),
)
