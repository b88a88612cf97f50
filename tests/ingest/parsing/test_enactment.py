"""The days on which a document was adopted and issued, and takes effect.  Every document here is invented."""

import pytest

from tests.ingest.parsing.issues import ARTICLES, SECTIONS, Written, facts_of

CASES = [
    (
        "a revised law speaks from its revision",
        Written(
            "贵州省码头条例",
            "（2016年1月15日贵州省第十二届人民代表大会常务委员会第二十次会议通过　"
            "根据2020年9月25日贵州省第十三届人民代表大会常务委员会第十九次会议通过的"
            "《关于修改部分地方性法规的决定》修正　"
            f"2031年2月19日贵州省第十六届人民代表大会常务委员会第十次会议修订）\n\n{ARTICLES}",
        ),
        {"adopted_on": "2016-01-15", "issued_on": "2031-02-19", "issuers": ["贵州省人民代表大会常务委员会"]},
    ),
    (
        "the rules of a government",
        Written(
            "杭州市码头管理办法",
            f"（2031年2月6日杭州市人民政府令第341号公布　自2031年3月10日起施行）\n\n{ARTICLES}",
        ),
        {
            "level": "city",
            "doc_number": "杭州市人民政府令第341号",
            "issuers": ["杭州市人民政府"],
            "issued_on": "2031-02-06",
            "effective_on": "2031-03-10",
        },
    ),
    (
        "自印发之日起施行 takes the printed day of issue",
        Written(
            "云南省码头奖补措施",
            "一、奖补对象。码头企业。\n\n二、附则。本措施自印发之日起施行。\n\n云南省财政厅\n\n2031年1月5日",
        ),
        {"issued_on": "2031-01-05", "effective_on": "2031-01-05", "issuers": ["云南省财政厅"]},
    ),
    (
        "a day without its year takes that of the issue",
        Written(
            "武汉东湖新技术开发区码头若干措施",
            "一、加强研发。给予支持。\n\n二、强化应用。给予支持。",
            "12月26日，武汉东湖新技术开发区管理委员会印发《武汉东湖新技术开发区码头若干措施》。",
        ),
        {"issued_on": "2030-12-26", "level": "city", "region_code": "420100"},
    ),
    (
        "a note under the title that the page wraps",
        Written(
            "上海市码头数据管理办法",
            f"(2031年1月19日上海市人民政府令\n\n第85号公布 自2031年3月1日\n\n起施行)\n\n{ARTICLES}",
        ),
        {"doc_number": "上海市人民政府令第85号", "issued_on": "2031-01-19", "effective_on": "2031-03-01"},
    ),
    (
        "a measure with a term of its own",
        Written(
            "河南省码头若干措施",
            f"{SECTIONS}\n\n本措施有效期自2031年3月1日至2033年12月31日。\n\n河南省人民政府办公厅\n\n二〇三一年二月二十日",
        ),
        {"effective_on": "2031-03-01", "issued_on": "2031-02-20", "issuers": ["河南省人民政府办公厅"]},
    ),
    (
        "a signature whose year is misprinted",
        Written("关于码头建设的若干措施", f"{SECTIONS}\n\n河南省人民政府办公厅\n\n2051年2月20日", source="示例省政府"),
        {"issued_on": None, "issuers": ["河南省人民政府办公厅"]},
    ),
    (
        "a measure in force upon its issue, until a day",
        Written(
            "河南省码头若干措施",
            f"{SECTIONS}\n\n本措施自印发之日起施行，有效期至2033年12月31日。\n\n河南省人民政府\n\n2031年2月20日",
        ),
        {"effective_on": "2031-02-20", "issued_on": "2031-02-20"},
    ),
    (
        "rules in force some days after their publication",
        Written(
            "湖北省码头办法",
            f"{ARTICLES}\n\n第四条 本办法自公布之日起三十日后施行。\n\n湖北省人民政府\n\n2031年1月20日",
        ),
        {"effective_on": "2031-02-19", "issued_on": "2031-01-20"},
    ),
]


@pytest.mark.parametrize(("document", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_days(document, wanted):
    assert facts_of(document, wanted) == wanted
