"""Adding what the machine missed, by marking its words."""

import pytest

from policies.actions.add import add
from policies.editable import InvalidError, told
from policies.history import EditError
from policies.models import Obligation, Reference, Target

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]
FIELDS = {"indicator": "智算中心", "op": "=", "value": "12", "unit": "个", "year": "2025"}


def test_a_target_stands_in_the_innermost_clause_around_its_line(library):
    row = add("target", library.plan, 14, "建成智算中心12个", FIELDS, user=None)
    assert (row.provision.eid, row.review, row.rule, row.confidence) == ("sec_1", "added", "editor", 1)
    assert Target.objects.get(pk=row.pk).base_value == 12
    row = add("obligation", library.law, 8, "算力中心", {"subject": "云岭市", "modality": "may"}, user=None)
    assert (row.provision.eid, list(Obligation.objects.filter(review="added"))) == ("chp_2__art_3__point_1", [row])
    row = add("obligation", library.law, 10, "应当节能", {"subject": "设施", "modality": "shall"}, user=None)
    assert row.provision.eid == "chp_2__art_3"


def test_responsibilities_come_with_agencies_and_references_with_what_they_cite(library):
    row = add("responsibility", library.plan, 20, "推进建设", {"agencies": "负责 | 省数据局"}, user=None)
    assert told(row) == {"agencies": [[1, "青川省数据局", "省数据局", "responsible"]]}
    row = add("reference", library.plan, 20, "依据《青川省数字经济促进条例》", {"title": library.law.title}, user=None)
    assert Reference.objects.get(pk=row.pk).cited_policy == library.law


@pytest.mark.parametrize(
    ("kind", "line", "quote", "said"),
    [
        ("target", 14, "建成智算中心13个", "第 14 行里没有"),
        ("target", 14, " ", "第 14 行里没有"),
        ("target", 3, "制定本条例", "不在这份政策里"),
        ("target", 99, "x", "不在这份政策里"),
        ("provision", 14, "建成", "不能这样补充"),
    ],
)
def test_words_must_stand_in_a_line_of_the_policy(library, kind, line, quote, said):
    with pytest.raises(EditError, match=said):
        add(kind, library.plan, line, quote, FIELDS, user=None)


def test_all_fields_are_asked_for(library):
    with pytest.raises(InvalidError) as caught:
        add("target", library.plan, 14, "智算中心12个", {"value": "x"}, user=None)
    assert set(caught.value.errors) == {"indicator", "op", "value"}
