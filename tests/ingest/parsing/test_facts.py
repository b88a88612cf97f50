"""The facts of a policy, seen from the issue that prints it.  Every document here is invented."""

from datetime import date

import pytest

from tests.ingest.parsing.issues import ARTICLES, SECTIONS, Written, parse_policy

NATIONAL = "国策要论"
ADOPTED = "（2031年2月28日河北省第十六届人民代表大会常务委员会第九次会议通过）"
MINISTRIES = "工业和信息化部\n\n教育部\n\n财政部\n\n2031年2月12日"

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
        "a district's law of a municipality's congress stands where the congress stands",
        Written(
            "上海市浦东新区码头若干规定",
            f"（2031年2月28日上海市第十七届人民代表大会常务委员会第十三次会议通过）\n\n{ARTICLES}",
        ),
        {"level": "province", "region_code": "310000", "issuers": ["上海市人民代表大会常务委员会"]},
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
        "the region's name is completed from the number",
        Written(
            "省人民政府办公厅关于加快推进码头一网通办的通知",
            f"黔府办函〔2031〕9号\n\n各市、自治州人民政府：\n\n{SECTIONS}",
        ),
        {"kind": "notice", "region_code": "520000", "issuers": ["贵州省人民政府办公厅"]},
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
        "a note under the title that the page wraps",
        Written(
            "上海市码头数据管理办法",
            f"(2031年1月19日上海市人民政府令\n\n第85号公布 自2031年3月1日\n\n起施行)\n\n{ARTICLES}",
        ),
        {"doc_number": "上海市人民政府令第85号", "issued_on": "2031-01-19", "effective_on": "2031-03-01"},
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
        "the body behind a site that is the source",
        Written("关于印发《福建省码头规划》的通知", source="福建省工信厅官网"),
        {"kind": "plan", "region_code": "350000", "issuers": ["福建省工业和信息化厅"]},
    ),
    (
        "led by a ministry together with a region's body",
        Written(
            "湾区码头数据流动方案",
            note="近日，国家数据局与香港特区政府某工业局联合发布《湾区码头数据流动方案》。",
        ),
        {"level": "national", "region": None},
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
    (
        "a source inside the last paragraph",
        Written("海口市码头行动计划", f"{SECTIONS}（来源：海口市商务局）", source=None),
        {"source": "海口市商务局", "issuers": ["海口市商务局"]},
    ),
]


@pytest.mark.parametrize(("document", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_facts(document, wanted):
    policy = parse_policy(document)
    found = {name: getattr(policy, name) for name in wanted}
    assert found | {name: str(day) for name, day in found.items() if isinstance(day, date)} == wanted
