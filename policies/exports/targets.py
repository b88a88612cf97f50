"""Targets as a table for spreadsheets."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest

from policies.exports.spreadsheets import csv_lines
from policies.models import Target
from policies.templatetags.reading import name, plain

COLUMNS = (
    "指标", "比较", "数值", "上限", "单位", "基本单位数值", "基本单位上限", "基本单位", "起始年份", "截止年份",
    "地区", "层级", "政策", "条款", "原文", "原文行", "审核", "网址",
)  # fmt: skip


def table(targets: Iterable[Target], request: HttpRequest) -> Iterator[str]:
    """The lines of a CSV file with a row for each target; these come with their policy, its region, their provision."""
    return csv_lines(COLUMNS, (_cells(target, request) for target in targets))


def _cells(target: Target, request: HttpRequest) -> list[str]:
    policy, provision = target.policy, target.provision
    spans = target.value_max is not None
    address = policy.get_absolute_url() + (f"#{provision.eid}" if provision else "")
    return [
        target.indicator,
        target.get_op_display(),
        plain(target.value),
        plain(target.value_max) if target.value_max is not None else "",
        target.unit,
        plain(target.base_value),
        plain(target.base_value_max) if spans else "",
        target.base_unit,
        str(target.year_from or ""),
        str(target.year or ""),
        policy.region.name if policy.region else "",
        policy.get_level_display(),
        policy.title,
        name(provision) if provision else "",
        target.quote,
        str(target.line),
        target.get_review_display(),
        request.build_absolute_uri(address),
    ]
