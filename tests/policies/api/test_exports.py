"""Downloads of records: every kind in every format, as independent readers open them, and only what may be read."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from policies.exports.kinds import KINDS
from policies.models import Target
from tests.office import needs_office, opened

pytestmark = pytest.mark.usefixtures("kept_base")

AS_UTF8 = "--infilter=CSV:44,34,76,1"  # comma, quotation mark, UTF-8, from the first line
TO_CSV = "csv:Text - txt - csv (StarCalc):44,34,76"


@pytest.fixture
def fetch(client):
    """The bytes of an address under /api/v1/exports/."""

    def read(path: str, **parameters: object) -> bytes:
        response = client.get(f"/api/v1/exports/{path}", parameters)
        assert response.status_code == 200, response.content.decode()
        assert response["Content-Disposition"].startswith("attachment")
        return b"".join(response.streaming_content) if response.streaming else response.content

    return read


def sheet(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content)).active


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.decode().splitlines()]


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_tells_the_same_rows_in_every_table(base, fetch, name):
    records = lines(fetch(f"{name}.jsonl"))
    assert records
    assert all(
        list(record) == sorted(record) and record["page_url"].startswith("http://testserver/") for record in records
    )
    text = fetch(f"{name}.csv")
    assert text.startswith(b"\xef\xbb\xbf")
    head, *told = rows(text.decode("utf-8-sig"))
    assert [row[head.index("网址")] for row in told] == [record["page_url"] for record in records]
    table = sheet(fetch(f"{name}.xlsx"))
    assert [[str(cell.value or "") for cell in table[1]], table.max_row] == [head, len(told) + 1]


def test_records_have_the_names_and_values_of_the_api(base, fetch, get):
    for name in ("targets", "observations", "obligations"):
        (*_, row) = get(f"{name}/")["results"]
        (*_, told) = lines(fetch(f"{name}.jsonl"))
        shared = (row.keys() & told.keys()) - {"policy"}
        assert {"id", "path", "eid", "line", "quote", "review", "page_url"} <= shared
        assert {key: told[key] for key in shared} == {key: row[key] for key in shared}


def test_a_spreadsheet_has_types_links_and_a_frozen_head(base, fetch):
    table = sheet(fetch("targets.xlsx"))
    head = [cell.value for cell in table[1]]
    first = dict(zip(head, table[2], strict=True))
    assert (first["数值"].value, first["截止年份"].value) == (3000, 2033)
    assert first["网址"].hyperlink.target.endswith("#sec_1__goal_1")
    assert table.freeze_panes == "A2"
    assert table.auto_filter.ref == table.dimensions
    policies = sheet(fetch("policies.xlsx", doc_number="浙数"))
    day = next(cell for cell, label in zip(policies[2], policies[1], strict=True) if label.value == "发布日期")
    assert (day.value.date(), day.is_date) == (date(2031, 1, 2), True)


def test_a_line_of_the_text_stands_beside_its_issue(base, fetch):
    for name in ("targets", "provisions"):
        head, *told = rows(fetch(f"{name}.csv").decode("utf-8-sig"))
        assert head[head.index("期") + 1] in {"原文行", "起始行"}
        assert {row[head.index("期")] for row in told} == {"2031年第1期"}
    base.law.issue = None
    base.law.save()
    head, alone = rows(fetch("obligations.csv").decode("utf-8-sig"))
    assert alone[head.index("期")] == ""
    assert "期" not in lines(fetch("targets.jsonl"))[0]


def test_tables_can_be_joined_by_the_issue(base, fetch):
    for kind in ("issues", "policies", "provisions", "targets"):
        head, *told = rows(fetch(f"{kind}.csv").decode("utf-8-sig"))
        assert {row[head.index("期")] for row in told} - {""} == {"2031年第1期"}, kind
    assert {policy["issue"] for policy in lines(fetch("policies.jsonl"))} == {"2031-01", None}


def test_no_cell_is_a_formula(base, fetch):
    Target.objects.filter(indicator="数字驿站").update(indicator='=HYPERLINK("http://evil")', quote="@x\x0b")
    cell = sheet(fetch("targets.xlsx"))["A2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://evil")', "s")
    assert '"\'=HYPERLINK(""http://evil"")"' in fetch("targets.csv").decode()


@needs_office
@pytest.mark.parametrize(("ending", "how"), [("csv", [AS_UTF8]), ("xlsx", [])])
def test_libreoffice_shows_the_same_cells(base, fetch, tmp_path, ending, how):
    Target.objects.filter(indicator="数字驿站").update(indicator="=1+1", quote='甲,乙"丙"\n丁')
    names = ("targets", "policies", "provisions")
    files = [tmp_path / f"{name}.{ending}" for name in names]
    for file in files:
        file.write_bytes(fetch(file.name))
    for name, text in zip(names, opened(files, TO_CSV, tmp_path / "shown", *how), strict=True):
        written = fetch(f"{name}.csv").decode("utf-8-sig")
        if ending == "xlsx":
            written = written.replace("'=1+1", "=1+1")  # its cells have types
        assert rows(text) == rows(written)


def test_a_selection_is_that_of_the_lists(base, fetch, refused):
    assert [row["indicator"] for row in lines(fetch("targets.jsonl", year=2033))] == ["数字驿站"]
    assert lines(fetch("provisions.jsonl", policy=base.law.slug, type="article"))[0]["eid"] == "chp_1__art_1"
    assert len(lines(fetch("responsibilities.jsonl", agency=base.data_bureau.pk))) == 1
    assert refused("exports/targets.csv", colour="red")["errors"][0]["parameter"] == "colour"
    assert "jsonl" in refused("exports/targets.pdf", 404)["detail"]
    assert "targets" in refused("exports/wishes.csv", 404)["detail"]
    refused("exports/policies/%00.docx", 404)


def test_citations_of_a_selection(base, fetch):
    assert fetch("policies.ris", region="宁波").decode().count("TY  - ") == 1
    assert fetch("policies.bib").decode().count("@misc{") == 3
    assert len(fetch("policies.txt").decode().splitlines()) == 3


@pytest.mark.parametrize("ending", ["txt", "bib", "ris"])
def test_a_policy_is_cited_as_among_the_others(base, fetch, refused, ending):
    cited = fetch(f"policies/{base.law.pk}.{ending}").decode()
    assert base.law.title in cited
    assert cited in fetch(f"policies.{ending}").decode()
    assert "发布" in refused(f"exports/policies/{base.draft.pk}.{ending}", 404)["detail"]


def test_drafts_are_for_editors(base, fetch, client, editor):
    slugs = [row["slug"] for row in lines(fetch("policies.jsonl"))]
    assert base.draft.slug not in slugs
    assert client.get(f"/api/v1/exports/policies/{base.draft.pk}.docx").status_code == 404
    client.force_login(editor)
    assert base.draft.slug in [row["slug"] for row in lines(fetch("policies.jsonl"))]
    assert fetch(f"policies/{base.draft.slug}.docx").startswith(b"PK")


def test_rejected_rows_are_left_out(base, fetch):
    assert "误认的目标" not in fetch("targets.jsonl").decode()


def test_rows_are_read_in_few_queries(base, fetch, django_assert_max_num_queries):
    for name in KINDS:
        for ending in ("jsonl", "csv"):
            with django_assert_max_num_queries(5):
                fetch(f"{name}.{ending}")


def test_the_address_names_the_format_not_the_accept_header(client, base):
    for accepted in ("text/csv", "application/akn+xml"):
        assert client.get("/api/v1/exports/targets.csv", headers={"accept": accepted})["Content-Type"][:8] == "text/csv"


def test_a_policy_as_documents(base, fetch, refused):
    assert b"<akomaNtoso" in fetch(f"policies/{base.law.slug}.xml")
    assert fetch(f"policies/{base.law.pk}.docx").startswith(b"PK")
    assert "xml" in refused(f"exports/policies/{base.law.pk}.odt", 404)["detail"]
