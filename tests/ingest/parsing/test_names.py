"""Names of those who act, and where in a clause they end."""

import pytest

from ingest.parsing.names import actor_at_head, is_actor


@pytest.mark.parametrize(
    ("clause", "actor"),
    [
        ("驿站运营者向用户提供服务前", "驿站运营者"),
        ("任何个人和组织发现驿站违反本办法的", "任何个人和组织"),
        ("县级以上人民政府数据主管部门负责驿站管理工作", "县级以上人民政府数据主管部门"),
        ("码头部门及其值班人员就巡查里看到的票据", "码头部门及其值班人员"),
        ("两个以上的主管部门对管辖权有争议的", "两个以上的主管部门"),
        ("市数据、公安、财政等部门按照各自职责", "市数据、公安、财政等部门"),
        ("数据部门与公安部门应当", "数据部门与公安部门"),
        ("自然人、法人和非法人组织开展活动", "自然人、法人和非法人组织"),
        ("批准机关发现", "批准机关"),
        ("申请人", "申请人"),
        ("省驿站委员会任免副职", "省驿站委员会"),
        ("驿站协会依法设立的驿站机构按照章程", "驿站协会依法设立的驿站机构"),
        ("驿站部门或者接受驿站部门委托办理登记的机构对申请", "驿站部门或者接受驿站部门委托办理登记的机构"),
        ("承租人与驿站经营者发生争议", "承租人"),
        ("驿站负责人如果因病缺席", "驿站负责人"),
        ("县（市、区）人民政府（管委会）在", "县（市、区）人民政府（管委会）"),
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
    ("text", "name"),
    [
        ("驿站主任会议提议", "驿站主任会议"),
        ("使用单位承担", "使用单位"),
        ("双方当事人签字", "双方当事人"),
        ("省人民政府确定的部门责令改正", "省人民政府确定的部门"),
        ("县（市、区）驿站部门划出", "县（市、区）驿站部门"),
        ("驿站部门组织加固", "驿站部门"),
        ("两名以上的调解员调解", "两名以上的调解员"),
        ("低到高", None),
    ],
)
def test_behind_by_any_verb_may_follow_a_name(text, name):
    assert actor_at_head(text, is_name=True) == name


def test_a_sentence_that_ends_like_a_name_is_none():
    assert is_actor("驿站的负责人")
    assert not is_actor("候选人不是驿站负责人")
