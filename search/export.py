"""A whole search as a table and as a feed."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest
from django.urls import reverse

from policies.exports.feeds import AtomFeed
from policies.exports.spreadsheets import csv_lines
from policies.templatetags.reading import name
from search.asking import Asked
from search.results import ClauseHit

IN_FEED = 30
COLUMNS = ("政策", "地区", "层级", "类型", "文号", "发布日期", "条款", "标题", "条款全文", "网址")


def table(hits: Iterable[ClauseHit], request: HttpRequest) -> Iterator[str]:
    """The lines of a CSV file with a row for each hit."""
    return csv_lines(COLUMNS, (_row(hit, request) for hit in hits))


def _row(hit: ClauseHit, request: HttpRequest) -> tuple[object, ...]:
    policy, provision = hit.policy, hit.provision
    return (
        policy.title,
        policy.region.name if policy.region else "",
        policy.get_level_display(),
        policy.get_kind_display(),
        policy.doc_number,
        policy.issued_on or "",
        provision.path,
        provision.heading,
        hit.text,
        request.build_absolute_uri(provision.get_absolute_url()),
    )


def feed(asked: Asked, hits: Iterable[ClauseHit], request: HttpRequest) -> str:
    """An Atom feed of the hits."""
    made = AtomFeed(
        title=f"检索：{asked.text}",
        link=request.build_absolute_uri(f"{reverse('search:search')}?{asked.address}"),
        description="",
        language="zh-hans",
        feed_url=request.build_absolute_uri(),
    )
    for hit in hits:
        address = request.build_absolute_uri(hit.provision.get_absolute_url())
        made.add_item(
            title=f"{hit.policy.title} {name(hit.provision)}",
            link=address,
            description=str(hit.snippet),
            unique_id=address,
            updateddate=hit.policy.updated_at,
        )
    return made.writeString("utf-8")
