"""Answers: what is found, shown, counted and said."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.models import Agency, AgencyName, Change, Policy, Review, State
from search import indexing
from search.api import as_json
from search.asking import Asked
from search.facets import MOST_VALUES, Facet
from search.results import Answer
from search.results import search as search_for
from tests.search.builders import policy, provision, region, responsible

pytestmark = pytest.mark.django_db


@pytest.fixture
def base() -> dict[str, Policy]:
    """A plan of Zhejiang with two responsible agencies, a law of Shandong, a draft."""
    nation = region("100000", "中华人民共和国", "national")
    zhejiang, shandong = region("330000", "浙江省", parent=nation), region("370000", "山东省", parent=nation)
    hangzhou = region("330100", "杭州市", "city", parent=zhejiang)
    office = Agency.objects.create(name="浙江省人民政府")
    reform = Agency.objects.create(name="浙江省发展和改革委员会")
    AgencyName.objects.create(agency=reform, name="省发展改革委")
    plan = policy(
        "浙江省驿站建设规划", "加快驿站 建设。", "驿站数据归集，保障數據安全。", "编制客舍名录。",
        region=zhejiang, issuers=[office], column="地方新政", doc_number="浙政发〔2033〕19号",
    )  # fmt: skip
    responsible(plan.provisions.get(eid="art_2"), reform)
    law = policy("山东省驿站条例", "驿站应当登记。", region=shandong, kind="law")
    city = policy("杭州市驿站措施", "驿站补助。", region=hangzhou, level="city", kind="measures")
    draft = policy("未发布的驿站公告", "驿站草稿。", level="national", state=State.DRAFT, kind="notice")
    indexing.rebuild()
    return {"plan": plan, "law": law, "city": city, "draft": draft}


def search(text: str, page: int = 1, page_size: int = 20, include_unpublished: bool = False, **asked) -> Answer:
    return search_for(Asked(text, **asked), page=page, page_size=page_size, include_unpublished=include_unpublished)


def places(answer: Answer) -> list[tuple[str, str]]:
    return sorted((hit.policy.title[:2], hit.provision.eid) for hit in answer.hits)


def facet(answer: Answer, name: str) -> dict[str, int]:
    return {value.label: value.count for value in _facet(answer, name).values}


def _facet(answer: Answer, name: str) -> Facet:
    return next(facet for facet in answer.facets if facet.name == name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("驿站建设", [("浙江", "art_1")]),
        ("驿站 数据安全", [("浙江", "art_2")]),
        ("驿站 地区:浙江", [("杭州", "art_1"), ("浙江", "art_1"), ("浙江", "art_2")]),
        ("驿站 地区:杭州市", [("杭州", "art_1")]),
        ("驿站 -地区:330000", [("山东", "art_1")]),
        ("部门:发展改革委", [("浙江", "art_2")]),
        ("部门:浙江省人民政府 驿站", [("浙江", "art_1"), ("浙江", "art_2")]),
        ("类型:法规", [("山东", "art_1")]),
        ("层级:市级 年份:2033年", [("杭州", "art_1")]),
        ("栏目:地方新政 客舍", [("浙江", "art_3")]),
        ("标题:驿站条例 OR 客舍", [("山东", "art_1"), ("浙江", "art_3")]),
        ("文号:〔2033〕19 客舍", [("浙江", "art_3")]),
        ("年份:2032-2034 登记", [("山东", "art_1")]),
        ("年份:2033年至2034年 登记", [("山东", "art_1")]),
        ("-年份:2034—2035 登记", [("山东", "art_1")]),
        ("标题:驛站條例", [("山东", "art_1")]),
        ("驿站 地区:山東", [("山东", "art_1")]),
        ("部门:發展改革委", [("浙江", "art_2")]),
        ("类型:法規", [("山东", "art_1")]),
        ("层级:市级 年份:２０３３", [("杭州", "art_1")]),
        ("栏目:地方\u200b新政 客舍", [("浙江", "art_3")]),
    ],
)
def test_finds(base, text: str, expected: list[tuple[str, str]]):
    answer = search(text)
    assert places(answer) == expected
    assert answer.total == len(expected)
    assert answer.messages == []


def test_brackets_in_the_name_of_an_agency_are_found_however_they_are_typed(base):
    base["law"].issuers.create(agency=Agency.objects.create(name="驿站管理局（渡口办）"), position=1)
    Change.objects.note([base["law"].pk])
    indexing.update()
    for name in ("管理局（渡口", "管理局(渡口"):
        assert places(search(f"部门:{name}")) == [("山东", "art_1")]


@pytest.mark.parametrize(
    "text",
    [
        "地区:\u200b",
        "部门:\u200b",
        "标题:\u200b",
        "地区:火星",
        "部门:无此局",
        "类型:诗歌",
        "年份:某年",
        "年份:2035-2033",
        "年份:33",
        "标题:无此题",
        "标题:未发布的",
    ],
)
def test_a_field_value_that_nobody_has_finds_nothing_and_says_so(base, text: str):
    answer = search(f"驿站 {text}")
    assert answer.total == 0
    (message,) = answer.messages
    assert text.partition(":")[2] in message.text
    assert (message.start, message.end) == (3, 3 + len(text))


def test_readers_see_what_is_published_and_editors_all(base):
    assert search("草稿").total == 0
    assert search("驿站", filters={"kind": ["notice"]}).total == 0
    assert "通知" not in facet(search("驿站"), "kind")
    assert search("草稿", include_unpublished=True).total == 1
    assert search("标题:未发布的", include_unpublished=True).total == 1


def test_an_agency_of_drafts_alone_is_named_to_editors_only(base):
    office = Agency.objects.create(name="秘密驿站筹备办", known=False)
    base["draft"].issuers.create(agency=office, position=1)
    indexing.rebuild()
    chosen = {"agency": [str(office.pk)]}
    assert office.name not in facet(search("驿站", filters=chosen), "agency")
    assert facet(search("驿站", filters=chosen, include_unpublished=True), "agency")[office.name] == 1
    assert search("驿站 部门:秘密驿站").messages[0].text == "没有这样的部门：秘密驿站"
    assert search("驿站 部门:秘密驿站", include_unpublished=True).total == 1


def test_what_was_withdrawn_or_rejected_is_not_shown_even_before_the_index_knows(base):
    Policy.objects.filter(pk=base["law"].pk).update(state=State.WITHDRAWN)
    assert places(search("登记")) == []
    base["plan"].provisions.filter(eid="art_3").update(review=Review.REJECTED)
    assert places(search("客舍")) == []


def test_a_clause_that_went_to_another_policy_is_not_shown_before_the_index_knows(base):
    base["law"].provisions.update(policy=base["plan"], eid="art_9", position=9)
    assert places(search("登记")) == []


def test_filters_join_within_a_facet_and_narrow_across_facets(base):
    assert places(search("驿站", filters={"region": ["370000", "330100"]})) == [("山东", "art_1"), ("杭州", "art_1")]
    assert places(search("驿站", filters={"region": ["330000"], "kind": ["plan"]})) == [
        ("浙江", "art_1"), ("浙江", "art_2"),
    ]  # fmt: skip
    assert search("驿站", filters={"region": ["000000"]}).total == 0
    assert search("驿站", filters={"agency": ["没有\x00"]}).total == 0


def test_facets_count_exactly(base):
    answer = search("驿站")
    assert facet(answer, "region") == {"浙江省": 3, "山东省": 1}
    assert facet(answer, "kind") == {"规划": 2, "法规": 1, "措施": 1}
    assert facet(answer, "agency") == {"浙江省人民政府": 2, "浙江省发展和改革委员会": 1}
    assert facet(answer, "year") == {"2033年": 4}
    for name in ("region", "kind", "agency", "year"):
        for value in _facet(answer, name).values:
            assert search("驿站", filters={name: [value.value]}).total == value.count


def test_a_chosen_facet_still_counts_its_other_values(base):
    answer = search("驿站", filters={"region": ["330000"], "kind": ["law"]})
    assert answer.total == 0
    assert facet(answer, "kind") == {"规划": 2, "措施": 1, "法规": 0}
    assert facet(answer, "region") == {"山东省": 1, "浙江省": 0}
    assert [value.label for value in _facet(answer, "kind").values if value.selected] == ["法规"]
    chosen = search("驿站", filters={"region": ["330000"]})
    assert facet(chosen, "region") == {"浙江省": 3, "山东省": 1, "杭州市": 1}


def test_a_long_facet_offers_its_greatest_values():
    for number in range(MOST_VALUES + 5):
        policy(
            f"规划{number}", *["驿站"] * (2 if number == 7 else 1), issuers=[Agency.objects.create(name=f"局{number}")]
        )
    indexing.rebuild()
    agencies = _facet(search("驿站"), "agency")
    assert (len(agencies.values), agencies.left_out) == (MOST_VALUES, 5)
    assert (agencies.values[0].label, agencies.values[0].count) == ("局7", 2)


def test_a_hit_shows_where(base):
    (hit,) = search("数据安全").hits
    assert hit.text == "驿站数据归集，保障數據安全。"
    assert [hit.text[start:end] for start, end in hit.highlights] == ["數據安全"]
    assert hit.snippet == "驿站数据归集，保障<mark>數據安全</mark>。"
    assert hit.url == f"{base['plan'].get_absolute_url()}?q=%E6%95%B0%E6%8D%AE%E5%AE%89%E5%85%A8#art_2"


def test_heading_text_and_tail_are_one(base):
    clause = provision(base["plan"], 8, "一网通行。", heading="驿亭管理", tail="附则从之。")
    Change.objects.note([base["plan"].pk])
    indexing.update()
    (hit,) = search("管理一网").hits
    assert hit.provision == clause
    assert [hit.text[start:end] for start, end in hit.highlights] == ["管理\n一网"]


def test_pages(base):
    pages = [search("驿站", page=number, page_size=3) for number in (1, 2, 3)]
    assert [len(page.hits) for page in pages] == [3, 1, 0]
    assert {page.total for page in pages} == {4}
    assert {page.pages for page in pages} == {2}
    assert len({hit.provision.pk for page in pages for hit in page.hits}) == 4


def test_nothing_to_look_for_asks_nobody(base):
    with CaptureQueriesContext(connection) as captured:
        blank, refused, negative = search(" "), search("数" * 10_000), search("-驿站")
    assert len(captured) == 0
    assert (blank.total, blank.hits, blank.messages) == (0, [], [])
    assert refused.total == negative.total == 0
    assert len(refused.messages) == len(negative.messages) == 1


def test_queries_do_not_grow_with_hits(base):
    def queries(text: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert search(text).hits
        return len(captured)

    assert queries("登记") <= queries("驿站") <= 3


def test_json(base):
    (hit,) = (answer := as_json(search("登记")))["hits"]
    assert (answer["query"], answer["total"], answer["page"], answer["pages"]) == ("登记", 1, 1, 1)
    assert hit["policy"]["title"] == "山东省驿站条例"
    assert hit["policy"]["region_code"] == "370000"
    assert (hit["eid"], hit["path"], hit["text"], hit["highlights"]) == ("art_1", "第1条", "驿站应当登记。", [[4, 6]])
    assert answer["facets"]["kind"] == [{"value": "law", "label": "法规", "count": 1, "selected": False}]
    assert as_json(search("登记 (补助"))["messages"] == [{"text": "括号没有配对，已忽略", "start": 3, "end": 4}]


def test_regions_are_named_by_the_nation_too(base):
    national = policy("驿站通则", "全国驿站。", level="national")
    Change.objects.note([national.pk])
    indexing.update()
    assert places(search("驿站 地区:全国")) == [("驿站", "art_1")]
    assert facet(search("通则 OR 全国"), "region") == {"国家": 1}
