"""Each filter narrows; what is not understood is refused by name, never passed over."""

import pytest

from policies.models import Region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_base")]


@pytest.fixture
def titles(get):
    def read(**parameters):
        return sorted(policy["title"] for policy in get("policies/", **parameters)["results"])

    return read


PLAN, LAW, LONE = "浙江省数字驿站行动计划", "宁波市智能水表数据办法", "单篇通知"


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"region": "330000"}, [LAW, PLAN]),
        ({"region": "浙江"}, [LAW, PLAN]),
        ({"region": "宁波市"}, [LAW]),
        ({"region": "中国"}, [LONE]),
        ({"kind": "law"}, [LAW]),
        ({"level": "city"}, [LAW]),
        ({"status": "in_force"}, [PLAN]),
        ({"column": "地方新政"}, [LAW, PLAN]),
        ({"topic": "digital-government"}, [PLAN]),
        ({"topic": "数字政府"}, [PLAN]),
        ({"year": 2031}, [LAW, PLAN]),
        ({"year": 2030}, []),
        ({"issue": "2031-1"}, [LAW, PLAN]),
        ({"issue": "2031-1", "kind": "plan"}, [PLAN]),
        ({"kind": ["notice", "plan"]}, [LONE, PLAN]),
        ({"region": ["中国", "宁波"]}, [LAW, LONE]),
        ({"year": [2030, 2031], "topic": ["digital-government", "数字政府"]}, [PLAN]),
        ({"title": "水表"}, [LAW]),
        ({"doc_number": "〔2031〕1号"}, [PLAN]),
        ({"issued_on_min": "2031-01-02", "issued_on_max": "2031-01-02"}, [PLAN]),
        ({"issued_on_max": "2031-01-01"}, []),
        ({"period": 2032}, [PLAN]),
        ({"review": "confirmed"}, []),
        ({"updated_at_min": "2026-01-01T00:00:00Z"}, [LAW, LONE, PLAN]),
        ({}, [LONE, LAW, PLAN]),
    ],
)
def test_policies_are_filtered(titles, base, parameters, expected):
    assert titles(**parameters) == sorted(expected)


def test_policies_of_an_issue_come_as_printed(get, base):
    type(base.law).objects.filter(pk=base.law.pk).update(issued_on="2032-01-09")
    assert [policy["title"] for policy in get("policies/")["results"]] == [LAW, PLAN, LONE]
    assert [policy["title"] for policy in get("policies/", issue="2031-1")["results"]] == [PLAN, LAW]


@pytest.mark.parametrize(
    ("path", "parameters", "count"),
    [
        ("responsibilities/", {"agency": "{agency}", "role": "lead"}, 1),
        ("responsibilities/", {"agency": "{agency}", "role": "support"}, 0),
        ("responsibilities/", {"role": ["support", "responsible"], "kind": "plan"}, 1),
        ("obligations/", {"modality": "shall", "subject": "企业", "region": "宁波"}, 1),
        ("obligations/", {"modality": ["may", "must_not"]}, 0),
        ("references/", {"title": "安全", "eid": "sec_1__goal_1"}, 1),
        ("references/", {"cited_policy": "宁波-2031-办法"}, 0),
        ("tables/", {"title": "清单", "issue": "2031-1"}, 1),
        ("observations/", {"when": "2030", "unit": "万只"}, 1),
        ("targets/", {"op": ["range", "="], "issue": "2031-1"}, 1),
        ("provisions/", {"parent": "sec_1", "type": ["goal", "item"]}, 1),
        ("policies/", {"issuer": "{agency}"}, 1),
        ("agencies/", {"known": "false", "group": "true"}, 1),
        ("regions/", {"name": "省", "valid": "true"}, 2),
    ],
)
def test_rows_are_filtered_by_what_they_say(get, base, path, parameters, count):
    said = {
        name: value.format(agency=base.data_bureau.pk) if isinstance(value, str) else value
        for name, value in parameters.items()
    }
    assert get(path, **said)["count"] == count


def test_policies_of_an_issue_by_its_id(titles, base):
    assert titles(issue=base.issue.pk) == sorted([LAW, PLAN])


@pytest.mark.parametrize("name", ["pk", "slug"])
def test_provisions_of_a_policy(get, base, name):
    assert get("provisions/", policy=getattr(base.law, name))["count"] == 2


def test_provisions_of_a_type(get, base):
    (article,) = get("provisions/", type="article")["results"]
    assert article["path"] == "第一章/第一条"


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"region": "浙江省"}, ["数字驿站", "满意度"]),
        ({"region": "福建"}, []),
        ({"unit": "%"}, ["满意度"]),
        ({"unit": "万个"}, ["数字驿站"]),
        ({"unit": "万个", "value_min": "0.3"}, ["数字驿站"]),
        ({"unit": "万个", "value_min": "0.31"}, []),
        ({"unit": "%", "value_min": "95"}, ["满意度"]),
        ({"unit": "%", "value_max": "90"}, []),
        ({"unit": "光年"}, []),
        ({"year": 2033}, ["数字驿站"]),
        ({"year_min": 2032}, ["数字驿站"]),
        ({"year_max": 2032}, ["满意度"]),
        ({"year_min": 2031, "year_max": 2033}, ["数字驿站", "满意度"]),
        ({"indicator": "数字 驿站"}, ["数字驿站"]),
        ({"indicator": "數字"}, ["数字驿站"]),
        ({"indicator": "数字 满意"}, []),
        ({"policy": "浙江-2031-行动计划"}, ["数字驿站", "满意度"]),
    ],
)
def test_targets_are_filtered(get, base, parameters, expected):
    assert sorted(target["indicator"] for target in get("targets/", **parameters)["results"]) == sorted(expected)


@pytest.mark.parametrize("topic", ["digital-government", "数字政府"])
def test_targets_have_the_topics_of_their_clause(get, base, topic):
    assert get("targets/", topic=topic)["results"] == []
    base.plan.provisions.filter(eid="sec_1__goal_1").update(topics=["digital-government", "computing"])
    base.plan.save()
    assert {target["indicator"] for target in get("targets/", topic=topic)["results"]} == {"数字驿站", "满意度"}


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"name": "省数据局"}, ["浙江省数据局"]),
        ({"name": "人民政府"}, ["浙江省各市人民政府"]),
        ({"region": "浙江"}, ["浙江省数据局", "浙江省各市人民政府"]),
        ({"region": "宁波"}, []),
        ({"level": "province"}, ["浙江省数据局"]),
    ],
)
def test_agencies_are_filtered(get, base, parameters, expected):
    assert sorted(agency["name"] for agency in get("agencies/", **parameters)["results"]) == sorted(expected)


def test_a_county_level_city_is_found_without_its_last_character(get, base):
    code = Region.objects.get(name="宁波市").code[:4] + "81"
    Region.objects.create(code=code, name="溪口市", short_name="溪口市", level="county", parent_id=f"{code[:4]}00")
    assert [region["code"] for region in get("regions/", parent="宁波")["results"]] == [code]
    assert get("policies/", region="溪口")["results"] == []


def test_regions_are_filtered(get, base):
    assert [region["code"] for region in get("regions/", level="province")["results"]] == ["330000", "350000"]
    assert [region["code"] for region in get("regions/", parent="浙江")["results"]] == ["330200"]


def test_issues_are_filtered_by_year(get, base):
    assert get("issues/", year=2031)["count"] == 1
    assert get("issues/", year=2030)["count"] == 0


def test_lists_are_ordered_as_asked_and_rows_without_a_value_come_last(get, base):
    assert [target["year"] for target in get("targets/", ordering="-year")["results"]] == [2033, 2031]
    assert [target["value"] for target in get("targets/", ordering="value")["results"]] == [90.5, 3000]
    assert [target["unit"] for target in get("targets/", ordering="-base_unit,base_value")["results"]] == ["个", "%"]
    assert [target["indicator"] for target in get("targets/", ordering="region,-indicator")["results"]] == [
        "满意度",
        "数字驿站",
    ]
    for ordering in ("issued_on", "-issued_on"):
        assert get("policies/", ordering=ordering)["results"][0]["title"] == PLAN
    assert [policy["year"] for policy in get("policies/", ordering="year,-id")["results"]] == [2031, 2031, None]


@pytest.mark.parametrize(
    ("path", "parameters", "named", "allowed"),
    [
        ("policies/", {"regoin": "浙江"}, "regoin", "region"),
        ("policies/", {"kind": "laws"}, "kind", "law"),
        ("policies/", {"level": "provincial"}, "level", "province"),
        ("policies/", {"status": "valid"}, "status", "draft"),
        ("policies/", {"column": "地方旧政"}, "column", "地方新政"),
        ("policies/", {"topic": "nothing"}, "topic", "digital-government"),
        ("policies/", {"ordering": "length"}, "ordering", "-issued_on"),
        ("provisions/", {"type": "clause"}, "type", "article"),
        ("regions/", {"level": "town"}, "level", "county"),
        ("policies/", {"region": "亚特兰蒂斯"}, "region", None),
        ("policies/", {"issue": "2031-9"}, "issue", None),
        ("policies/", {"issue": "第1期"}, "issue", None),
        ("policies/", {"year": "去年"}, "year", None),
        ("policies/", {"year": "99999999999999999999"}, "year", None),
        ("policies/", {"title": ["驿站", "水表"]}, "title", None),
        ("policies/", {"kind": ["law", ""]}, "kind", None),
        ("targets/", {"policy": "没有的"}, "policy", None),
        ("targets/", {"topic": "没有的"}, "topic", "digital-government"),
        ("targets/", {"policy": "9" * 60}, "policy", None),
        ("targets/", {"indicator": "驿\x00站"}, "indicator", None),
        ("targets/", {"unit": "个" * 201}, "unit", None),
        ("targets/", {"value_min": "3"}, "value_min", None),
        ("targets/", {"value_max": "许多", "unit": "个"}, "value_max", None),
        ("targets/", {"value_min": "1e99999999", "unit": "个"}, "value_min", None),
        ("targets/", {"value_min": "3", "value_max": "2", "unit": "个"}, "value_max", None),
        ("targets/", {"year_min": "2031", "year_max": "2030"}, "year_max", None),
        ("responsibilities/", {"agency": "省数据局"}, "agency", None),
        ("agencies/", {"known": "vielleicht"}, "known", None),
        ("policies/", {"kind": ["law", "laws"]}, "kind", "plan"),
        ("policies/", {"issued_on_min": "2031"}, "issued_on_min", None),
        ("policies/", {"cursor": "Anfang"}, "cursor", None),
        ("regions/", {"cursor": "null"}, "cursor", None),
        ("policies/", {"issuer": "浙江省数据局"}, "issuer", None),
        ("policies/", {"cursor": "*", "ordering": "title"}, "ordering", None),
        ("policies/", {"cursor": "*", "page": "2"}, "page", None),
        ("policies/", {"page": "0"}, "page", None),
        ("policies/", {"page": "末页"}, "page", None),
        ("policies/", {"page_size": "201"}, "page_size", None),
        ("policies/", {"page_size": "-1"}, "page_size", None),
        ("policies/", {"format": "xml"}, "format", "page"),
        ("targets/", {"policy__issue__state": "draft"}, "policy__issue__state", "issue"),
        ("policies/", {"ordering": "source__text"}, "ordering", "title"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(refused, base, path, parameters, named, allowed):
    (fault,) = refused(path, **parameters)["errors"]
    assert fault["parameter"] == named
    assert named in fault["detail"]
    if allowed is None:
        assert fault["allowed"] is None
    else:
        assert allowed in fault["allowed"]
        assert allowed in fault["detail"]


def test_every_fault_is_named_at_once(refused, base):
    problem = refused("policies/", kind="laws", year="去年")
    assert {fault["parameter"] for fault in problem["errors"]} == {"kind", "year"}


def test_several_reasons_make_one_sentence(refused, base):
    detail = refused("targets/", unit="个", value_min="1e400")["detail"]
    assert detail.count("；") == detail.count("。") == 1
    assert detail.endswith("。")


def test_a_record_takes_no_parameters(refused, base):
    (fault,) = refused(f"policies/{base.plan.pk}/", kind="plan")["errors"]
    assert fault["parameter"] == "kind"
    assert fault["allowed"] == ["expand", "fields", "tree"]
