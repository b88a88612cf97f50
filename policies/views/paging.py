"""Long lists by the page."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of a list and the page numbers to offer; a number is None where some are left out."""

    page: Page[Any]
    numbers: list[int | None]

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @classmethod
    def of(cls, page: Page[Any]) -> "Paging":
        elided = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
        return cls(page, [number if isinstance(number, int) else None for number in elided])


def paged(request: HttpRequest, rows: Any, per_page: int, paginator: type[Paginator] = Paginator) -> Paging:
    """The page that `?page=` asks for; what is no page number gives the nearest that is one."""
    return Paging.of(paginator(rows, per_page).get_page(request.GET.get("page")))


class FromNearerEnd(Paginator):
    """Pages of an ordered query, of which the later half is read backwards: the last page costs what the first does."""

    object_list: QuerySet

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        end = min(start + self.per_page, self.count)
        if start < self.count // 2:
            return super().page(number)
        backwards = self.object_list.reverse()[self.count - end : self.count - start]
        return Page(list(backwards)[::-1], number, self)
