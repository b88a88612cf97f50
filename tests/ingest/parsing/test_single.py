import re

import pytest

from ingest.parsing.errors import ParsingError
from tests.ingest.parsing.issues import ARTICLES, SECTIONS, Written, contents, issue_text, parse

MARKDOWN = f"""# 山东省码头条例

2007年11月23日 山东省第十届人民代表大会常务委员会第三十一次会议通过

2020年7月24日 山东省第十三届人民代表大会常务委员会第二十二次会议《关于修改〈山东省码头条例〉的决定》修正

<!-- INFO END -->

## 第一章  总则

{ARTICLES}

第四条 本条例自2008年1月1日起施行。
"""


def test_a_regulation_in_markdown():
    parsed = parse(MARKDOWN)
    (policy,) = parsed.policies
    assert parsed.issue is None
    assert (policy.order, policy.column, policy.page, policy.title) == (1, None, None, "山东省码头条例")
    assert (policy.kind, policy.level, policy.region_code) == ("law", "province", "370000")
    assert policy.issuers == ["山东省人民代表大会常务委员会"]
    assert [str(day) for day in (policy.adopted_on, policy.issued_on, policy.effective_on)] == [
        "2007-11-23",
        "2020-07-24",
        "2008-01-01",
    ]
    assert [p.label for p in policy.provisions if p.type == "article"] == ["第一条", "第二条", "第三条", "第四条"]
    assert parsed.coverage.kept == parsed.coverage.characters
    assert {segment.kind for segment in parsed.coverage.segments} == {"title", "provision", "page"}


@pytest.mark.parametrize(
    ("notes", "issued"),
    [
        (["2007年11月23日 青岛市第十四届人民代表大会常务委员会第三次会议通过"], "2007-11-23"),
        (
            [
                "2007年11月23日 青岛市第十四届人民代表大会常务委员会第三次会议通过",
                "2012年3月1日 青岛市第十五届人民代表大会常务委员会第二次会议《关于修改〈示例条例〉的决定》第一次修正",
                "2019年5月6日 青岛市第十六届人民代表大会常务委员会第九次会议《关于修改",
                "废止部分地方性法规的决定》第二次修正",
            ],
            "2019-05-06",
        ),
        (
            [
                "2007年11月23日 青岛市第十四届人民代表大会常务委员会第三次会议通过",
                (
                    "2019年5月30日 山东省第十三届人民代表大会常务委员会第四次会议批准的2019年5月6日"
                    "青岛市第十六届人民代表大会常务委员会第九次会议关于修改《青岛市码头条例》的决定修正"
                ),
            ],
            "2019-05-30",
        ),
        (
            [
                "2007年11月23日 青岛市第十四届人民代表大会常务委员会第三次会议通过",
                "2007年12月3日 青岛市人民代表大会常务委员会公告公布",
                "2019年5月6日 青岛市第十六届人民代表大会常务委员会第九次会议修订",
                "2022年7月8日 青岛市第十七届人民代表大会常务委员会第四次会议通过",
            ],
            "2022-07-08",
        ),
        (
            [
                "（2007年11月23日青岛市第十四届人民代表大会常务委员会第三次会议通过",
                "根据2019年5月6日修订后的《示例法》公布）",
            ],
            "2007-11-23",
        ),
    ],
)
def test_an_amended_text_is_issued_on_the_day_of_its_last_amendment(notes, issued):
    (policy,) = parse("\n\n".join(["青岛市码头条例", *notes, ARTICLES, "第四条 本条例自2008年1月1日起施行。"])).policies
    days = [str(day) for day in (policy.adopted_on, policy.issued_on, policy.effective_on)]
    assert days == ["2007-11-23", issued, "2008-01-01"]


def test_a_changed_text_takes_effect_upon_issue_as_before_and_a_revised_one_anew():
    first = "（2007年11月23日示例部令第9号公布　根据2019年5月6日《示例部关于修改部分规章的决定》{}）"
    body = f"{ARTICLES}\n\n第四条 本办法自公布之日起施行。"
    texts = [f"码头管理办法\n\n{first.format(act)}\n\n{body}" for act in ("修正", "修订")]
    policies = [parse(text).policies[0] for text in texts]
    assert [str(policy.issued_on) for policy in policies] == ["2019-05-06", "2019-05-06"]
    assert [str(policy.effective_on) for policy in policies] == ["2007-11-23", "2019-05-06"]


@pytest.mark.parametrize(
    ("adopted", "issuers"),
    [
        ("常务委员会\n\n第三次会议通过", ["青岛市人民代表大会常务委员会"]),
        ("常务委员第三次会议通过", []),  # misprinted
    ],
)
def test_a_city_that_adopts_is_the_issuer_and_the_province_that_approves_is_not(adopted, issuers):
    text = (
        f"青岛市码头条例\n\n2007年11月23日 青岛市第十四届人民代表大会{adopted}\n\n"
        f"2007年12月1日 山东省第十届人民代表大会常务委员会第三十一次会议批准\n\n{ARTICLES}"
    )
    (policy,) = parse(text).policies
    assert (policy.level, policy.region_code, policy.issuers) == ("city", "370200", issuers)
    assert str(policy.adopted_on) == "2007-11-23"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"云溪省码头行动计划\n\n（2031—2033年）\n\n{SECTIONS}", "云溪省码头行动计划（2031—2033年）"),
        (
            f"云溪省人民政府\n关于加快码头建设的意见\n\n云府发〔2031〕3号\n\n{SECTIONS}",
            "云溪省人民政府关于加快码头建设的意见",
        ),
        (f"云溪省人民政府文件\n\n云府发〔2031〕3号\n\n云溪省码头若干措施\n\n{SECTIONS}", "云溪省码头若干措施"),
        (f"索引号：000\n发布日期：2031-03-01\n\n云溪省码头若干措施\n\n{SECTIONS}", "云溪省码头若干措施"),
        (f"编者按\n\n近日，示例。\n\n云溪省码头若干措施\n\n{SECTIONS}\n\n（来源：示例日报）", "云溪省码头若干措施"),
        (
            (
                "示例部令\n\n第7号\n\n《码头标识管理办法》已经2031年1月6日部务会议通过，现予公布，自公布之日起施行。\n\n"
                f"部长 赵示一\n\n2031年2月7日\n\n码头标识管理办法\n\n{ARTICLES}"
            ),
            "码头标识管理办法",
        ),
        (f"示例部公告2031年第5号\n\n为了示例，现予公告。\n\n{SECTIONS}", "示例部公告2031年第5号"),
        (f"以港兴城\n——云溪省码头发展规划\n\n{SECTIONS}", "以港兴城——云溪省码头发展规划"),
        (f"码头随想录\n\n{SECTIONS}", "码头随想录"),
    ],
)
def test_a_document_alone(text, title):
    parsed = parse(text)
    assert [policy.title for policy in parsed.policies] == [title]
    assert parsed.coverage.kept == parsed.coverage.characters


def test_the_day_in_a_field_above_the_title_is_that_of_issue():
    fields = "索引号：000\n发文字号：云示发〔2031〕3号\n发布日期：2031-03-09\n成文日期：2031年3月1日"
    (policy,) = parse(f"{fields}\n\n云溪省码头若干措施\n\n{SECTIONS}").policies
    assert (policy.doc_number, str(policy.issued_on)) == ("云示发〔2031〕3号", "2031-03-01")


def test_the_order_above_a_title_is_part_of_the_document():
    order = "示例部令 第7号\n\n《码头标识管理办法》已经2031年1月6日部务会议通过，现予公布，自公布之日起30日后施行。"
    (policy,) = parse(f"{order}\n\n部长 赵示一\n\n2031年2月7日\n\n码头标识管理办法\n\n{ARTICLES}").policies
    assert (policy.kind, policy.doc_number) == ("law", "示例部令第7号")
    assert [str(day) for day in (policy.adopted_on, policy.issued_on, policy.effective_on)] == [
        "2031-01-06",
        "2031-02-07",
        "2031-03-09",
    ]
    assert "第7号" in policy.provisions[0].text


PLAN = Written("云溪省码头行动计划", note="近日，示例。")
LAW = Written("青原市码头条例", ARTICLES, note="近日，示例。")
WHOLE = issue_text(PLAN, LAW)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("从前有座山，山里有座庙。\n" * 30, "没有找到一期刊物的刊头.*第 1 行“从前有座山，山里有座庙。”）不是"),
        ("购物清单之外\n\n牛奶\n\n面包", "没有“第一条”“一、”之类的条款"),
        ("# 云溪省码头条例\n", "只读到标题“云溪省码头条例”（第 1 行），没有正文"),
        (f"{PLAN.text()}\n\n{LAW.text()}", "有 2 篇文件.*没有刊头和“本期要目”"),
        (contents([PLAN, LAW]) + f"\n\n{PLAN.text()}", "第 1 行有“本期要目”，但前面没有刊头"),
        (WHOLE.replace("本期要目", ""), "没有找到“本期要目”"),
        (re.sub(r"(?m)^- 0.*\n", "", WHOLE), "第 22 行有“本期要目”，但下面没有读到标题"),
        (WHOLE.replace("2031年3月7日", ""), "没有出版日期或年份"),
        (WHOLE.replace("第9期", "第0期"), "期号读不懂"),
        (WHOLE[: WHOLE.index("编者按")], "要目列出 2 篇文件，正文中一篇也没有找到"),
    ],
)
def test_what_is_neither_says_what_was_looked_for(text, said):
    with pytest.raises(ParsingError, match=said):
        parse(text)
