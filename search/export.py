"""A whole search as a table and as a feed."""

import csv
from collections.abc import Iterable, Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from policies.templatetags.reading import name
from search.asking import Asked
from search.results import ClauseHit

COLUMNS = ("政策", "地区", "层级", "类型", "文号", "发布日期", "条款", "标题", "条款全文", "网址")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of one
IN_FEED = 30


class _Line:
    """What csv writes a row to; it hands the row back instead of keeping it."""

    def write(self, row: str) -> str:
        return row


def csv_lines(hits: Iterable[ClauseHit], request: HttpRequest) -> Iterator[str]:
    """A line for each hit after the names of the columns; UTF-8 with a mark for Excel, no cell a formula."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for hit in hits:
        policy, provision = hit.policy, hit.provision
        row = (
            policy.title,
            policy.region.name if policy.region else "",
            policy.get_level_display(),
            policy.get_kind_display(),
            policy.doc_number or "",
            policy.issued_on or "",
            provision.path,
            provision.heading,
            hit.text,
            request.build_absolute_uri(provision.get_absolute_url()),
        )
        yield writer.writerow([_harmless(str(cell)) for cell in row])


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def feed(asked: Asked, hits: Iterable[ClauseHit], request: HttpRequest) -> str:
    """An Atom feed of the hits."""
    made = Atom1Feed(
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
