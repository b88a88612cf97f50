"""What a new version would change: told record by record, and nothing is written."""

from datetime import date

import pytest

from ingest import pipeline
from ingest.comparing import SHOWN, differences
from ingest.loading import load
from ingest.reading import Reading
from policies.models import Change, Policy, Provision, Target
from tests.ingest.builders import GAZETTEER, READING, law, notice, parsed, provision, target

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazetteer_kept")]
CHAPTER = provision("第二章", "chp_2", 10, type="chapter", heading="建设", end_line=39)


@pytest.fixture
def compare(monkeypatch):
    """The differences between a loaded issue of `law()` and `notice()` and one of these documents, by title."""
    load(parsed(), READING, filename="驿站.txt", sha256="a" * 64, gazetteer=GAZETTEER)

    def compare(*documents):
        monkeypatch.setattr(pipeline, "read", lambda content, filename: Reading(READING.lines, "utf-8", "txt"))
        monkeypatch.setattr(pipeline, "parse_lines", lambda lines, gazetteer: parsed(*documents))
        monkeypatch.setattr(pipeline, "check", lambda parsed: None)
        found = differences(b"2", "驿站.txt")
        return {policy["title"]: policy for policy in found["policies"]}, found["unchanged"]

    return compare


def rows(policy, kind):
    return next(found["rows"] for found in policy["kinds"] if found["kind"] == kind)


def test_equal_records_are_no_difference(compare):
    before = list(Provision.objects.values_list("pk", "text")), Change.objects.count(), Target.objects.get().pk
    assert compare(law(), notice()) == ({}, 2)
    assert before == (
        list(Provision.objects.values_list("pk", "text")),
        Change.objects.count(),
        Target.objects.get().pk,
    )


def test_each_kind_tells_what_was_added_removed_and_changed(compare):
    new = law(
        issued_on=date(2031, 4, 1),
        effective_on=date(2031, 5, 1),
        provisions=[
            provision("第一章", "chp_1", 2, type="chapter", heading="总则", end_line=5),
            provision("第一章/第一条", "chp_1__art_1", 3, "为了管理驿站和驿道数据，制定本办法。", end_line=5),
            CHAPTER,
            provision("第二章/第三条", "chp_2__art_3", 11, "驿站应当开放数据。"),
            provision("第二章/第四条", "chp_2__art_4", 12, "驿道另行规定。", end_line=39),
        ],
        targets=[target(quote="到2033年建成驿站150个", value=150)],
        observations=[],
    )
    found, unchanged = compare(new, notice())
    assert unchanged == 1
    changed = found["浙江省驿站数据管理办法"]
    assert rows(changed, "基本信息") == [
        {"change": "changed", "where": "发布日期", "before": "2031-03-01", "after": "2031-04-01"},
        {"change": "added", "where": "施行日期", "before": "", "after": "2031-05-01"},
    ]
    assert [(row["change"], row["where"]) for row in rows(changed, "条款")] == [
        ("changed", "第一章/第一条"),
        ("added", "第二章/第四条"),
        ("removed", "第一章/第二条"),
    ]
    assert rows(changed, "目标") == [
        {"change": "changed", "where": "第二章/第三条", "before": "驿站 120 个 2033年", "after": "驿站 150 个 2033年"}
    ]
    assert [row["change"] for row in rows(changed, "统计值")] == ["removed"]
    assert {kind["kind"] for kind in changed["kinds"]} == {"基本信息", "条款", "目标", "统计值"}
    assert Target.objects.get().value == 120


def test_a_clause_that_only_got_another_number_is_one_change(compare):
    new = law(
        provisions=[
            provision("第一章", "chp_1", 2, type="chapter", heading="总则", end_line=5),
            provision("第一章/第一条", "chp_1__art_1", 3, "为了管理驿站数据，制定本办法。"),
            provision("第一章/第二条", "chp_1__art_2", 4, "本办法适用于驿站。", end_line=5),
            CHAPTER,
            provision("第二章/第四条", "chp_2__art_4", 11, "驿站应当开放数据。", end_line=39),
        ],
        targets=[target(path="第二章/第四条")],
    )
    changed = compare(new, notice())[0]["浙江省驿站数据管理办法"]
    assert rows(changed, "条款") == [
        {"change": "changed", "where": "第二章/第四条", "before": "第二章/第三条", "after": "第二章/第四条"}
    ]
    assert "目标" not in {kind["kind"] for kind in changed["kinds"]}


def test_policies_that_come_and_go_are_counted(compare):
    found, unchanged = compare(law(), notice(title="国务院关于印发《驿道发展规划》的通知"))
    assert unchanged == 1
    assert [(policy["change"], policy["title"]) for policy in found.values()] == [
        ("added", "国务院关于印发《驿道发展规划》的通知"),
        ("removed", "国务院关于印发《驿站发展规划》的通知"),
    ]
    assert [(kind["kind"], kind["added"], kind["rows"]) for kind in next(iter(found.values()))["kinds"]] == [
        ("条款", 1, [])
    ]
    assert Policy.objects.count() == 2


def test_of_many_differences_the_first_are_kept(compare):
    many = [
        provision(f"第二章/第{number}条", f"chp_2__art_{number}", 11, f"第{number}种驿站。") for number in range(40)
    ]
    changed = compare(law(provisions=[CHAPTER, *many]), notice())[0]["浙江省驿站数据管理办法"]
    clauses = next(kind for kind in changed["kinds"] if kind["kind"] == "条款")
    assert (clauses["added"], len(clauses["rows"])) == (40, SHOWN)
    assert clauses["more"] == clauses["added"] + clauses["removed"] + clauses["changed"] - SHOWN


def test_words_outside_all_records_make_another_text_and_white_space_does_not(compare, monkeypatch):
    compare(law(), notice())  # so that these documents are what any file gives
    for lines, rewritten in (([*READING.lines, ""], False), ([*READING.lines, "主编：驿站"], True)):
        monkeypatch.setattr(pipeline, "read", lambda content, filename, said=lines: Reading(said, "utf-8", "txt"))
        found = differences(b"2", "驿站.txt")
        assert (found["policies"], found["rewritten"]) == ([], rewritten)
