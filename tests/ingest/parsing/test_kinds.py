import pytest

from ingest.parsing.kinds import kind_of, status_of
from tests.ingest.parsing.issues import ARTICLES, SECTIONS

A, S = ARTICLES.splitlines(), SECTIONS.splitlines()
TOLD = ["近日，样市印发文件。", "《码头意见》提出，要建码头。", "《码头意见》明确，一是示例。二是示例。"]
PROSE = ["近日，示例部印发《码头规划》。", "《码头规划》指出，要加快示例。"]


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("云溪省数据条例", A, "law"),
        ("码头标识管理办法（试行）（征求意见稿）", A, "law"),
        ("示例部关于印发《码头标识管理办法》的通知", A, "law"),
        ("关于公开征求《码头标识管理办法》意见的通知", A, "law"),
        ("关于印发《云溪省数据条例》责任分工方案的通知", S, "plan"),
        ("关于印发《云溪省数据条例》实施细则的通知", A, "law"),
        ("关于公开征求《码头标识管理办法》意见的通知", PROSE, "notice"),
        ("云溪省码头行动计划（2031—2033年）", S, "plan"),
        ("云溪省人民政府关于印发云溪省码头行动计划的通知", S, "plan"),
        ("关于加快码头建设的实施意见", S, "plan"),
        ("2031年码头工作要点", S, "plan"),
        ("码头标准体系建设指南", ["一、总体要求", "二、主要目标"], "plan"),
        ("关于促进码头发展的若干意见", S, "measures"),
        ("云溪省促进码头发展五条措施的通知", S, "measures"),
        ("云溪省支持码头发展若干政策", A, "measures"),
        ("码头运营奖补办法", ["一、奖补对象", "二、奖补标准"], "measures"),
        ("关于进一步提升码头服务能力的通知", S, "notice"),
        ("关于开展码头安全专项行动的通知", S, "notice"),
        ("关于做好2031年码头项目申报工作的通知", S, "notice"),
        ("示例部关于发布码头试点名单的公告", S, "notice"),
        ("示例部关于公布码头安全典型案例的公告", PROSE, "notice"),
        ("码头安全典型案例集", PROSE, "report"),
        ("示例部关于发布《码头术语》等12项国家标准的公告", PROSE, "notice"),
        ("示例部关于批准发布码头行业标准的公告", PROSE, "notice"),
        ("示例部公告2031年第5号", PROSE, "notice"),
        ("云溪省2030年国民经济和社会发展统计公报", S, "statistics"),
        ("2031年1—2月份码头业运行情况", S, "statistics"),
        ("全球码头观察报告（2031年）", PROSE, "report"),
        ("码头产业白皮书", PROSE, "report"),
        ("智慧码头的明天", [*PROSE, "扫描二维码"], "report"),
        ("国务院印发《码头规划》", PROSE, "news"),
        ("国务院印发《码头规划》", S, "plan"),
        ("示例部等八部门联合发布《码头若干措施》", PROSE, "news"),
        ("《码头规划》解读", PROSE, "news"),
        ("样市部署码头领域改革 推进码头转型", TOLD, "news"),
        ("样市部署码头领域改革 推进码头转型", TOLD[:2], "other"),
        ("样市启动码头焕新三年行动", TOLD, "news"),
        ("样市启动码头焕新三年行动", [*TOLD, *S], "plan"),
        ("关于贯彻落实《码头意见》的通知", TOLD, "notice"),
        ("智慧码头的明天", [line.replace("意见", "报告") for line in TOLD], "other"),
        ("码头随笔", PROSE, "other"),
    ],
)
def test_the_document_decides_its_kind(title, body, kind):
    assert kind_of(title, body) == kind


@pytest.mark.parametrize(
    ("kind", "title", "note", "status"),
    [
        ("law", "码头管理办法（征求意见稿）", "", "draft"),
        ("law", "码头管理办法", "现向社会公开征求意见。", "draft"),
        ("law", "码头管理办法", "近日公布。", "in_force"),
        ("news", "国务院印发《码头规划》", "", "in_force"),
        ("statistics", "码头业运行情况", "", "unknown"),
        ("report", "码头白皮书（征求意见稿）", "", "unknown"),
    ],
)
def test_status(kind, title, note, status):
    assert status_of(kind, title, note) == status
