"""Who a clause of a law speaks of."""

import pytest

from ingest.parsing.subjects import actor_at_head, subject_in, thing_at_head


@pytest.mark.parametrize(
    ("clause", "actor"),
    [
        ("驿站运营者向用户提供服务前", "驿站运营者"),
        ("任何个人和组织发现驿站违反本办法的", "任何个人和组织"),
        ("县级以上人民政府数据主管部门负责驿站管理工作", "县级以上人民政府数据主管部门"),
        ("主管部门及其工作人员对在履职中知悉的信息", "主管部门及其工作人员"),
        ("两个以上的主管部门对管辖权有争议的", "两个以上的主管部门"),
        ("市数据、公安、财政等部门按照各自职责", "市数据、公安、财政等部门"),
        ("数据部门与公安部门应当", "数据部门与公安部门"),
        ("自然人、法人和非法人组织开展活动", "自然人、法人和非法人组织"),
        ("批准机关发现", "批准机关"),
        ("申请人", "申请人"),
        ("使用驿站的单位和个人在结束后", "使用驿站的单位和个人"),
        ("生产经营单位设置招牌的", "生产经营单位"),
        ("省驿站部门是全省驿站的主管部门", "省驿站部门"),
        ("社员按照章程规定", "社员"),
    ],
)
def test_who_acts_at_the_head(clause, actor):
    assert actor_at_head(clause) == actor


@pytest.mark.parametrize("clause", ["处理个人信息的", "驿站的名称", "开展驿站服务活动", "", "，"])
def test_nobody_acts(clause):
    assert actor_at_head(clause) is None


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("数字驿站的服务时间", (None, "数字驿站的服务时间")),
        ("但是驿站运营者", ("驿站运营者", None)),
        ("负有管理职责的各类部门（以下统称管理机构）", ("管理机构", None)),
        ("开展驿站服务活动", (None, "开展驿站服务活动")),
        ("对同一行为", (None, None)),
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
        ("由全体会议决定", (None, None)),
        ("除因公共利益需要外", (None, None)),
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
