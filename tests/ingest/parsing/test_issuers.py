"""Who issued a document.  Every document here is invented."""

import pytest

from tests.ingest.parsing.issues import ARTICLES, SECTIONS, Written, facts_of

NATIONAL = "国策要论"
MINISTRIES = "工业和信息化部\n\n教育部\n\n财政部\n\n2031年2月12日"

CASES = [
    (
        "several ministries, named in full under the text",
        Written(
            "工业和信息化部等三部门关于印发《码头信息化实施方案》的通知",
            f"工信部联信发〔2031〕66号\n\n现将《方案》印发给你们。\n\n{MINISTRIES}\n\n码头信息化实施方案\n\n{SECTIONS}",
            "近日，工业和信息化部等三部门联合印发《码头信息化实施方案》。",
            column=NATIONAL,
        ),
        {"issuers": ["工业和信息化部", "教育部", "财政部"], "issued_on": "2031-02-12", "level": "national"},
    ),
    (
        "departments of a province named by the note",
        Written(
            "湖南省支持码头发展若干政策措施",
            "一、支持企业。给予奖励。\n\n二、加大投入。本措施自印发之日起施行，有效期三年。",
            "近日，省发展改革委、省工业和信息化厅、省财政厅联合印发《湖南省支持码头发展若干政策措施》。",
        ),
        {
            "kind": "measures",
            "region_code": "430000",
            "issuers": ["湖南省发展和改革委员会", "湖南省工业和信息化厅", "湖南省财政厅"],
            "issued_on": None,
            "effective_on": None,
        },
    ),
    (
        "offices of party and government, the region told by them",
        Written(
            "关于加快码头数据运营的实施意见",
            note="近日，中共安徽省委办公厅、安徽省人民政府办公厅印发《关于加快码头数据运营的实施意见》。",
            source="示例日报",
        ),
        {"level": "province", "region_code": "340000", "issuers": ["中共安徽省委办公厅", "安徽省人民政府办公厅"]},
    ),
    (
        "statistics known by their source alone",
        Written(
            "2031年1—2月份码头业运行情况",
            "一、总体情况\n\n码头收入59亿元，同比增长4%。",
            source="工业和信息化部运行监测协调局",
            column="产业镜像",
        ),
        {"level": "national", "issuers": ["工业和信息化部运行监测协调局"], "issued_on": None},
    ),
    (
        "a report presented by an institute under its short name",
        Written(
            "码头产业白皮书（2031年）",
            "2月17日，中国码头研究院（以下简称“码头院”）在示例城发布《码头产业白皮书（2031年）》。\n\n扫描二维码\n阅读全文",
            source="码头院",
            column="前沿观察",
        ),
        {
            "kind": "report",
            "level": "none",
            "issuers": ["中国码头研究院"],
            "issued_on": "2031-02-17",
            "status": "unknown",
        },
    ),
    (
        "firms that make a report together",
        Written(
            "码头百景图",
            "2月19日，在“码头峰会 2031”上，甲云联合乙智库共同发布《码头百景图》。",
            source="甲云",
            column="前沿观察",
        ),
        {"kind": "report", "issuers": ["甲云", "乙智库"], "issued_on": "2031-02-19"},
    ),
    (
        "a digest's headline has short what its text gives in full",
        Written(
            "财政部 国家数据局印发《2031年码头工作要点》",
            "近日，财政部办公厅、国家数据局综合司印发《2031年码头工作要点》。\n\n"
            "《工作要点》明确，一是加强领导。二是加大投入。",
            column=NATIONAL,
        ),
        {"kind": "news", "issuers": ["财政部办公厅", "国家数据局综合司"], "level": "national"},
    ),
    (
        "nobody named: the source, where it is a public body",
        Written("苏州市码头行动计划（2031-2033年）", note="近日，《计划》正式印发。", source="苏州市大数据管理局"),
        {"level": "city", "region_code": "320500", "issuers": ["苏州市大数据管理局"], "source": "苏州市大数据管理局"},
    ),
    (
        "nobody named, and a newspaper as the source",
        Written("苏州市码头行动计划（2031-2033年）", note="近日，《计划》正式印发。", source="示例日报"),
        {"level": "city", "issuers": []},
    ),
    (
        "the body behind a site that is the source",
        Written("关于印发《福建省码头规划》的通知", source="福建省工信厅官网"),
        {"kind": "plan", "region_code": "350000", "issuers": ["福建省工业和信息化厅"]},
    ),
    (
        "a notice that its note tells of without a title",
        Written(
            "关于开展“码头灯火”专项行动的通知",
            "各有关单位：\n\n一、工作重点。清查灯火。\n\n二、工作要求。加强领导。",
            note="近日，教育部印发通知，部署开展码头灯火专项行动。",
            source="示例网",
        ),
        {"kind": "notice", "issuers": ["教育部"], "level": "national"},
    ),
    (
        "a notice whose preamble tells who decided",
        Written(
            "关于开展“码头灯火”专项行动的通知",
            "为落实党中央、国务院决定部署，教育部决定开展专项行动。有关事项通知如下：\n\n一、工作重点。清查灯火。",
            source="示例网",
        ),
        {"kind": "notice", "issuers": ["教育部"]},
    ),
    (
        "a joint order on one line",
        Written(
            "码头标识管理办法",
            f"教育部 财政部令第5号\n\n{ARTICLES}",
        ),
        {"doc_number": "教育部 财政部令第5号", "issuers": ["教育部", "财政部"]},
    ),
    (
        "a source inside the last paragraph",
        Written("海口市码头行动计划", f"{SECTIONS}（来源：海口市商务局）", source=None),
        {"source": "海口市商务局", "issuers": ["海口市商务局"]},
    ),
]


@pytest.mark.parametrize(("document", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_issuers(document, wanted):
    assert facts_of(document, wanted) == wanted
