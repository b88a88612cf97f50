"""Who a clause of a law speaks of."""

import pytest

from ingest.parsing.subjects import doer_forbidden, regulated_act, subject_in, thing_at_head, topic_in


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("数字驿站的服务时间", (None, "数字驿站的服务时间")),
        ("但是驿站运营者", ("驿站运营者", None)),
        ("负有管理职责的各类部门（以下统称管理机构）", ("管理机构", None)),
        ("开展驿站服务活动", (None, "开展驿站服务活动")),
        ("对同一行为", (None, None)),
        ("基于旅客同意处理旅客信息的", (None, None)),
        ("实现同等服务", (None, None)),
        ("存在隐患的驿站", (None, "存在隐患的驿站")),
        ("合同生效后", (None, None)),
        ("有下列情形之一的", (None, None)),
        ("其", (None, None)),
        ("最长", (None, None)),
        ("驿站的开放时间一般", (None, "驿站的开放时间")),
        ("如果申请人", ("申请人", None)),
        ("经济和信息化部门", ("经济和信息化部门", None)),
        ("自然资源部门", ("自然资源部门", None)),
        ("驿站大会也", ("驿站大会", None)),
        ("遇有下列情形", (None, None)),
        ("未经培训的从业人员", ("未经培训的从业人员", None)),
        ("主管部门举办的驿站高中", (None, "主管部门举办的驿站高中")),
        ("由驿站主管部门决定", ("驿站主管部门", None)),
        ("由全体会议决定", ("全体会议", None)),
        ("除因公共利益需要外", (None, None)),
        ("省、县（市、区）驿站部门", ("省、县（市、区）驿站部门", None)),
        ("驿站部门（含派出机构，下同）", ("驿站部门", None)),
        ("县（市、区）指定的部门（以下简称县（市、区）驿站部门）", ("县（市、区）驿站部门", None)),
        ("驿站部门的工作人员中", ("驿站部门的工作人员", None)),
        ("如果名称不是中文", (None, None)),
        ("处以罚款", (None, None)),
        ("自由贸易试验区管理机构", ("自由贸易试验区管理机构", None)),
        ("列为重点的", (None, None)),
        ("在驿站外围五十米", (None, None)),
        ("其他时间", (None, None)),
        ("不符合标准的驿站", (None, "不符合标准的驿站")),
        ("甲部门、乙部门（以下统称“驿站部门”）按照法律、法规和省人民政府的规定", ("驿站部门", None)),
        ("报省驿站部门备案", (None, None)),
        ("“红旗”驿站的名称", (None, "“红旗”驿站的名称")),
        ("驿站的名称未经同意", (None, "驿站的名称")),
    ],
)
def test_who_acts_or_what_is_spoken_of(clause, found):
    assert subject_in(clause) == found


@pytest.mark.parametrize(
    ("condition", "thing"),
    [
        ("招牌需要使用外文的", "招牌"),
        ("驿站公文中含有外文的", "驿站公文"),
        ("申请变更名称的", "申请变更名称"),
        ("有条件的", None),
        ("对旧驿站", None),
        ("情况紧急的", None),
    ],
)
def test_what_a_condition_speaks_of(condition, thing):
    assert thing_at_head(condition) == thing


@pytest.mark.parametrize(
    ("condition", "carried", "act"),
    [
        ("采集驿站标本的", "省驿站部门", "采集驿站标本"),
        ("采集驿站标本的", "驿站运营者", None),
        ("检查发现问题的", "省驿站部门", None),
        ("销售的", "省驿站部门", None),
    ],
)
def test_an_authority_does_not_do_what_it_supervises(condition, carried, act):
    assert regulated_act(condition, carried) == act


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("驿站屋顶不作停车使用", "驿站屋顶"),
        ("驿站（不含仓库）归国家所有", "驿站（不含仓库）"),
        ("违法行为的记录", "违法行为的记录"),
        ("制定驿站章程应当遵循公开原则", "制定驿站章程"),
    ],
)
def test_what_something_is_said_of(words, topic):
    assert topic_in(words) == topic


@pytest.mark.parametrize(
    ("words", "doer"),
    [
        ("任何单位和个人冒用驿站名称", "任何单位和个人"),
        ("任何组织干扰驿站管理人员的工作", "任何组织"),
        ("无关人员进入驿站机房", "无关人员"),
        ("载重货车在驿站前通行", "载重货车"),
        ("聘用无证人员从事驿站经营", None),
        ("向未成年人出售香烟", None),
        ("伪造驿站的标志", None),
    ],
)
def test_who_is_forbidden_what(words, doer):
    assert doer_forbidden(words) == doer
