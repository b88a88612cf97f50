"""The facts of a policy, seen from the issue that prints it.  Every document here is invented."""

import pytest

from tests.ingest.parsing.issues import ARTICLES, SECTIONS, Written, facts_of

NATIONAL = "国策要论"
ADOPTED = "（2031年2月28日河北省第十六届人民代表大会常务委员会第九次会议通过）"

CASES = [
    (
        "a law with its adoption under the title",
        Written(
            "河北省码头条例",
            f"{ADOPTED}\n\n{ARTICLES}\n\n第四条 本条例自2031年7月1日起施行。",
            "近日，河北省第十六届人民代表大会常务委员会第九次会议表决通过《河北省码头条例》，自2031年7月1日起施行。",
            "河北人大网",
        ),
        {
            "kind": "law",
            "level": "province",
            "region": "河北省",
            "region_code": "130000",
            "issuers": ["河北省人民代表大会常务委员会"],
            "status": "in_force",
            "adopted_on": "2031-02-28",
            "issued_on": "2031-02-28",
            "effective_on": "2031-07-01",
        },
    ),
    (
        "a city's law, adopted, approved, and announced later",
        Written(
            "广州市码头条例",
            "（2030年12月27日广州市第十七届人民代表大会常务委员会第二十五次会议通过　"
            f"2031年2月20日广东省第十五届人民代表大会常务委员会第十次会议批准）\n\n{ARTICLES}",
            "2月28日，广州市人大常委会公布《广州市码头条例》，条例将于2031年8月1日起正式施行。",
        ),
        {
            "level": "city",
            "region_code": "440100",
            "issuers": ["广州市人民代表大会常务委员会"],
            "adopted_on": "2030-12-27",
            "issued_on": "2031-02-28",
            "effective_on": "2031-08-01",
        },
    ),
    (
        "an opinion of the State Council with number and signature",
        Written(
            "国务院关于进一步优化码头服务的\n\n指导意见",
            f"国发〔2031〕3号\n\n各省、自治区、直辖市人民政府：\n\n{SECTIONS}\n\n国务院\n\n2031年1月9日",
            "日前，国务院印发《关于进一步优化码头服务的指导意见》。",
            column=NATIONAL,
        ),
        {
            "title": "国务院关于进一步优化码头服务的指导意见",
            "kind": "plan",
            "level": "national",
            "region": None,
            "doc_number": "国发〔2031〕3号",
            "issuers": ["国务院"],
            "issued_on": "2031-01-09",
        },
    ),
    (
        "a notice that issues a plan is the plan",
        Written(
            "江西省人民政府办公厅关于印发江西省码头行动计划（2031—2033年）的通知",
            "赣府厅字〔2031〕15号\n\n各市、县（区）人民政府：\n\n现将《计划》印发给你们，请认真贯彻执行。\n\n"
            f"2031年2月18日\n\n江西省码头行动计划（2031—2033年）\n\n{SECTIONS}",
        ),
        {
            "kind": "plan",
            "doc_number": "赣府厅字〔2031〕15号",
            "issuers": ["江西省人民政府办公厅"],
            "issued_on": "2031-02-18",
            "period": (2031, 2033),
        },
    ),
    (
        "a draft has no day of effect",
        Written(
            "码头数据安全管理规定\n\n（征求意见稿）",
            f"{ARTICLES}\n\n第四条 本规定自公布之日起施行。",
            "国家互联网信息办公室会同有关部门起草了《码头数据安全管理规定（征求意见稿）》，现向社会公开征求意见，"
            "截止时间为2031年4月1日。",
            column=NATIONAL,
        ),
        {
            "status": "draft",
            "issuers": ["国家互联网信息办公室"],
            "issued_on": None,
            "effective_on": None,
            "level": "national",
        },
    ),
    (
        "statistics signed under the title",
        Written(
            "浙江省2030年国民经济和社会发展统计公报",
            "浙江省统计局 国家统计局浙江调查总队\n\n2031年3月4日\n\n一、综合\n\n全年生产总值1000亿元，增长6.0%。",
            column="产业镜像",
        ),
        {
            "kind": "statistics",
            "status": "unknown",
            "region_code": "330000",
            "issuers": ["浙江省统计局", "国家统计局浙江调查总队"],
            "issued_on": "2031-03-04",
            "period": None,
        },
    ),
    (
        "a press digest",
        Written(
            "国家数据局等九部门联合印发《“码头×”三年行动计划（2031—2033年）》",
            "近日，国家数据局会同有关部门联合印发了《“码头×”三年行动计划（2031—2033年）》。\n\n"
            "《行动计划》明确，一是加强领导。二是加大投入。",
            column=NATIONAL,
        ),
        {"kind": "news", "issuers": ["国家数据局"], "period": (2031, 2033), "level": "national"},
    ),
    (
        "the announcement of a congress above its law",
        Written(
            "深圳市第八届人民代表大会常务委员会公告",
            "（第九十二号）\n\n《深圳经济特区码头条例》经深圳市第八届人民代表大会常务委员会第三十一次会议"
            "于2031年1月30日通过，现予公布，自2031年8月1日起施行。\n\n深圳市人民代表大会常务委员会\n\n2031年2月15日\n\n"
            f"深圳经济特区码头条例\n\n{ARTICLES}",
            listed="深圳经济特区码头条例",
        ),
        {
            "title": "深圳经济特区码头条例",
            "level": "city",
            "region_code": "440300",
            "doc_number": "深圳市第八届人民代表大会常务委员会公告（第九十二号）",
            "issuers": ["深圳市人民代表大会常务委员会"],
            "adopted_on": "2031-01-30",
            "issued_on": "2031-02-15",
            "effective_on": "2031-08-01",
        },
    ),
    (
        "party and government above a title of two lines, the day below it",
        Written(
            "中共中央办公厅 国务院办公厅\n\n关于加快码头开发的意见",
            f"（2031年2月12日）\n\n{SECTIONS}",
            column=NATIONAL,
        ),
        {
            "title": "中共中央办公厅 国务院办公厅关于加快码头开发的意见",
            "issuers": ["中共中央办公厅", "国务院办公厅"],
            "issued_on": "2031-02-12",
            "level": "national",
        },
    ),
    (
        "a notice and below it the heading that the contents list has",
        Written(
            "河南省人民政府办公厅关于印发《河南省码头灯火若干措施》的通知",
            f"豫政办〔2031〕3号\n\n各市人民政府：\n\n现印发给你们，请遵照执行。\n\n2031年2月20日\n\n河南省码头灯火若干措施\n\n{SECTIONS}",
            listed="河南省码头灯火若干措施",
        ),
        {
            "title": "河南省码头灯火若干措施",
            "issuers": ["河南省人民政府办公厅"],
            "doc_number": "豫政办〔2031〕3号",
            "issued_on": "2031-02-20",
        },
    ),
    (
        "a notice that the contents list has itself",
        Written(
            "河南省人民政府办公厅关于印发河南省码头灯火若干措施的通知",
            f"现印发给你们，请遵照执行。\n\n河南省码头灯火若干措施\n\n{SECTIONS}",
        ),
        {"title": "河南省人民政府办公厅关于印发河南省码头灯火若干措施的通知"},
    ),
]


@pytest.mark.parametrize(("document", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_facts(document, wanted):
    assert facts_of(document, wanted) == wanted
