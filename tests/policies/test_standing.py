"""What an editor rejected is shown, counted and told nowhere."""

from typing import Any

import pytest

from policies.actions.add import add
from policies.actions.correct import correct
from policies.actions.reject import reject
from policies.models import Agency

pytestmark = pytest.mark.django_db

MARKS = {"标记指标", "标记单位", "标记主体", "标记统计", "标记文件", "标记部门", "标记条文"}
ADDED: list[tuple[str, str, dict[str, Any]]] = [
    ("target", "智算中心12个", {"indicator": "标记指标", "op": "=", "value": 5, "unit": "标记单位", "year": 2025}),
    ("obligation", "建成智算中心", {"subject": "标记主体", "modality": "shall"}),
    ("observation", "算力规模", {"indicator": "标记统计", "value": 1}),
    ("reference", "到2025年", {"title": "标记文件"}),
    ("responsibility", "建成智算中心", {"agencies": "牵头 | 标记部门"}),
]


def test_what_is_rejected_is_nowhere(library, client):
    plan = library.plan
    rows = [add(kind, plan, 14, quote, columns, user=None) for kind, quote, columns in ADDED]
    clause = plan.provisions.get(eid="sec_2__subsec_1")
    correct(clause, {"text": "标记条文"}, user=None)
    agency = Agency.objects.get(name="标记部门")
    agency.region = library.province
    agency.save()
    page = plan.get_absolute_url()
    pages = ["/", "/about/", "/feed/", "/targets/", "/targets/csv/", "/targets/compare/", "/agencies/"]
    pages += ["/regions/510000/", "/topics/computing/", page, f"{page}cite/"]
    pages += [f"/policies/compare/?policy={plan.slug}&policy={library.law.slug}"]
    pages += [f"/api/v1/{path}" for path in (f"policies/{plan.pk}/", "provisions/", "targets/", "agencies/")]

    def told() -> set[str]:
        shown = "".join(_words(client.get(address)) for address in pages)
        return {mark for mark in MARKS if mark in shown}

    def counted() -> int:
        return client.get("/api/v1/targets/").json()["count"]

    before = counted()
    assert told() == MARKS
    reject([*rows, clause], user=None)
    assert told() == set()
    assert counted() == before - 1
    assert client.get(f"{page}cite/?clause={clause.eid}").status_code == 404


def _words(response) -> str:
    assert response.status_code == 200, response.request["PATH_INFO"]
    return b"".join(response).decode()
