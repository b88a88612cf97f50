"""Citations by the standards, of whole policies and of clauses."""

from datetime import date

import pytest

from policies.exports.citations import Citation
from policies.models import Agency, Issuer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]
READ = date(2030, 6, 1)
ROOT = "https://zhishi.example"


def test_gbt7714_of_a_policy(library):
    cited = Citation.of(library.law, ROOT, READ)
    assert cited.gbt7714 == (
        "青川省数据局. 青川省数字经济促进条例: 青川省人民代表大会公告第12号[EB/OL]. (2024-01-30)[2030-06-01]. "
        f"{ROOT}/policies/青川-2024-数字经济促进条例/."
    )


def test_gbt7714_of_a_clause(library):
    clause = library.law.provisions.get(eid="chp_2__art_3__point_2")
    cited = Citation.of(clause, ROOT, READ)
    assert "(2024-01-30): 第二章第三条（二）[2030-06-01]. " in cited.gbt7714
    assert cited.gbt7714.endswith("/policies/青川-2024-数字经济促进条例/#chp_2__art_3__point_2.")


def test_more_than_three_issuers_are_cut_short_and_what_is_unknown_is_left_out(library):
    for number in range(4):
        agency = Agency.objects.create(name=f"青川省第{number}局")
        Issuer.objects.create(policy=library.plan, agency=agency, position=number + 1)
    library.plan.issued_on = None
    text = Citation.of(library.plan, ROOT, READ).gbt7714
    assert text.startswith("青川省第0局, 青川省第1局, 青川省第2局, 等. 青川省算力行动方案[EB/OL]. [2030-06-01]. ")


def test_a_report_is_one(library):
    library.plan.kind = "report"
    assert "[R/OL]" in Citation.of(library.plan, ROOT, READ).gbt7714
    assert Citation.of(library.plan, ROOT, READ).ris.startswith("TY  - RPRT\n")


def test_bibtex_escapes_and_names_every_field(library):
    library.law.title = "条例 100% & {甲}_乙\\"
    text = Citation.of(library.law.provisions.get(eid="chp_1__art_2"), ROOT, READ).bibtex
    law = Citation.of(library.law, ROOT, READ).bibtex
    assert text.startswith(f"@misc{{policy{library.law.pk}-chp-1-art-2,\n")
    assert "note = {第一章第二条}" in text
    assert "title = {{条例 100\\% \\& \\textbraceleft{}甲\\textbraceright{}\\_乙\\textbackslash{}}}" in law
    assert "year = {2024}" in law
    assert "urldate = {2030-06-01}" in law


@pytest.mark.parametrize("title", ["条例 }", "{ 条例", "}}\n@misc{x,"])
def test_no_title_ends_its_bibtex_field(library, title: str):
    library.law.title = title
    depth, depths = 0, []
    for char in Citation.of(library.law, ROOT, READ).bibtex.strip():
        depth += {"{": 1, "}": -1}.get(char, 0)
        depths.append(depth)
    assert depth == 0
    assert depths.index(0, depths.index(1)) == len(depths) - 1


def test_ris(library):
    lines = Citation.of(library.law, ROOT, READ).ris.splitlines()
    assert lines[0] == "TY  - GOVDOC"
    assert lines[-1] == "ER  - "
    assert {"AU  - 青川省数据局", "TI  - 青川省数字经济促进条例", "PY  - 2024", "DA  - 2024/01/30"} <= set(lines)
