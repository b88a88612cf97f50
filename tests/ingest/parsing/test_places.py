"""Which region a document belongs to, and on which level it stands.  Every document here is invented."""

import pytest

from tests.ingest.parsing.issues import ARTICLES, SECTIONS, Written, facts_of

CASES = [
    (
        "a district's law of a municipality's congress stands where the congress stands",
        Written(
            "上海市浦东新区码头若干规定",
            f"（2031年2月28日上海市第十七届人民代表大会常务委员会第十三次会议通过）\n\n{ARTICLES}",
        ),
        {"level": "province", "region_code": "310000", "issuers": ["上海市人民代表大会常务委员会"]},
    ),
    (
        "the region's name is completed from the number",
        Written(
            "省人民政府办公厅关于加快推进码头一网通办的通知",
            f"黔府办函〔2031〕9号\n\n各市、自治州人民政府：\n\n{SECTIONS}",
        ),
        {"kind": "notice", "region_code": "520000", "issuers": ["贵州省人民政府办公厅"]},
    ),
    (
        "a report that a ministry's centre edited stands with the ministry",
        Written(
            "中国数字码头发展报告（2031年）",
            "近日，《中国数字码头发展报告（2031年）》正式发布。《报告》由某司指导，农业农村部示例中心牵头编制。",
            source="农业农村部新闻办公室",
            column="前沿观察",
        ),
        {"level": "national", "issuers": ["农业农村部示例中心"], "issued_on": None},
    ),
    (
        "a county-level city's office",
        Written("昆山市码头行动计划（2031-2033年）", note="2031年2月19日，昆山市人民政府办公室印发《行动计划》。"),
        {"level": "county", "region_code": "320583", "issuers": ["昆山市人民政府办公室"], "issued_on": "2031-02-19"},
    ),
    (
        "a district's government",
        Written("余杭区码头行动计划（2031-2033年）", note="2031年2月19日，余杭区人民政府印发《行动计划》。"),
        {"level": "county", "region_code": "330110", "issuers": ["杭州市余杭区人民政府"]},
    ),
    (
        "a new area that a province holds",
        Written("河北雄安新区管理委员会关于印发《雄安新区码头方案》的通知"),
        {"level": "city", "region_code": "130000", "issuers": ["河北雄安新区管理委员会"]},
    ),
    (
        "a new area of a municipality",
        Written("两江新区码头若干政策", source="示例日报"),
        {"level": "county", "region_code": "500000"},
    ),
    (
        "a province's rules for its new area",
        Written(
            "河北雄安新区码头条例",
            f"（2031年2月28日河北省第十六届人民代表大会常务委员会第九次会议通过）\n\n{ARTICLES}",
        ),
        {"level": "province", "region_code": "130000"},
    ),
    (
        "a law of the nation",
        Written(
            "码头安全法",
            f"（2031年2月26日第十五届全国人民代表大会常务委员会第三次会议通过）\n\n{ARTICLES}",
        ),
        {"level": "national", "issuers": ["全国人民代表大会常务委员会"], "adopted_on": "2031-02-26"},
    ),
    (
        "a region's rules that name the nation's law",
        Written(
            "山东省码头安全条例",
            "根据2030年2月26日第十五届全国人民代表大会常务委员会第三次会议通过的《码头安全法》，"
            f"制定本条例。\n\n（2031年2月28日山东省第十六届人民代表大会常务委员会第九次会议通过）\n\n{ARTICLES}",
        ),
        {"level": "province", "issuers": ["山东省人民代表大会常务委员会"]},
    ),
    (
        "led by a ministry together with a region's body",
        Written(
            "湾区码头数据流动方案",
            note="近日，国家数据局与香港特区政府某工业局联合发布《湾区码头数据流动方案》。",
        ),
        {"level": "national", "region": None},
    ),
]


@pytest.mark.parametrize(("document", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_level_and_region(document, wanted):
    assert facts_of(document, wanted) == wanted
