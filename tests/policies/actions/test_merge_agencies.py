"""Merging agencies: one row for one agency, the other leads to it, and undo parts them again."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied

from policies.actions.agency_editing import agencies_version
from policies.actions.merge_agencies import merge, preview_merge
from policies.actions.undo import undo
from policies.history import ConflictError, EditError
from policies.models import Action, Agency, AgencyName, Change, Issuer, ResponsibleAgency, Succession
from policies.models.history import TRACKED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]


@pytest.fixture
def chief(editor):
    """One who may merge."""
    editor.user_permissions.set(Permission.objects.filter(codename__in=["edit_records", "merge_agencies"]))
    return editor


@pytest.fixture
def misprint(library) -> Agency:
    """A second row of the data bureau: in one list of issuers with it, and in two roles of one responsibility."""
    misprint = Agency.objects.create(name="青川省数据局局", region=library.province, level="province", known=False)
    AgencyName.objects.create(agency=misprint, name="省数据局")
    AgencyName.objects.create(agency=misprint, name="数据局局")
    Issuer.objects.filter(policy=library.law).update(position=2)
    Issuer.objects.create(policy=library.law, agency=misprint, position=1)
    Issuer.objects.create(policy=library.law, agency=library.finance, position=3)
    duty = library.plan.responsibility_set.get()
    for position, role in enumerate(("lead", "support"), start=3):
        ResponsibleAgency.objects.create(
            responsibility=duty, agency=misprint, position=position, name="数据局局", role=role
        )
    forestry = Agency.objects.get(name="青川省林业厅")
    Succession.objects.create(predecessor=forestry, successor=misprint)
    Succession.objects.create(predecessor=misprint, successor=library.finance, note="一部分")
    Succession.objects.create(predecessor=library.bureau, successor=library.finance)
    return misprint


def state() -> dict[str, list[dict[str, Any]]]:
    rows = {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in TRACKED}
    return {label: [{k: v for k, v in row.items() if k != "updated_at"} for row in of] for label, of in rows.items()}


def test_all_goes_to_the_winner_once_and_undo_brings_it_back(library, misprint, chief):
    before = state()
    done = merge(misprint, library.bureau, user=chief)
    assert done == Action.objects.get()
    assert (done.verb, done.user) == ("merge", chief)
    misprint.refresh_from_db()
    assert misprint.merged_into == library.bureau
    winner = Agency.objects.get(pk=library.bureau.pk)
    assert {name.name for name in winner.names.all()} == {"省数据局", "数据局局", "青川省数据局局"}
    assert list(Issuer.objects.filter(policy=library.law).values_list("agency__name", "position")) == [
        ("青川省数据局", 1),
        ("青川省财政厅", 2),
    ]
    tasks = ResponsibleAgency.objects.filter(agency=winner).order_by("position")
    assert [(task.position, task.name, task.role) for task in tasks] == [
        (1, "省数据局", "lead"),
        (4, "数据局局", "support"),
    ]
    assert {(row.predecessor.name, row.successor.name) for row in Succession.objects.all()} == {
        ("青川省林业厅", "青川省数据局"),
        ("青川省数据局", "青川省财政厅"),
    }
    assert not misprint.names.exists()
    assert set(done.policies.all()) == {library.law, library.plan}
    assert Change.objects.filter(policy_id=library.plan.pk).exists()
    undo(done, user=chief)
    assert state() == before


def test_preview_tells_it_and_writes_nothing(library, misprint):
    before = state()
    preview = preview_merge(misprint, library.bureau)
    assert preview.counts == {"责任": 2, "其中重复": 1, "发布的政策": 1, "名称": 3, "沿革": 2}
    assert [(row.printed, row.before, row.after) for row in preview.rows] == [
        ("数据局局（牵头）", "青川省数据局局", "（重复，去掉一条）"),
        ("数据局局（配合）", "青川省数据局局", "青川省数据局"),
        ("发布机关", "青川省数据局局", "青川省数据局"),
    ]
    assert str(preview.rows[0].policy) == "青川省算力行动方案"
    assert preview.total == 3
    assert state() == before


def test_what_is_merged_further_leads_to_the_last(library, misprint):
    other = Agency.objects.create(name="青川数局", region=library.province, level="province", known=False)
    merge(other, misprint, user=None)
    merge(misprint, library.bureau, user=None)
    other.refresh_from_db()
    assert other.merged_into == library.bureau
    with pytest.raises(EditError, match="已并入“青川省数据局”"):
        merge(other, library.finance, user=None)


def test_what_is_not_one_agency_is_refused(library):
    group = Agency.objects.create(name="青川省各有关部门", is_group=True)
    forestry = Agency.objects.get(name="青川省林业厅")
    Succession.objects.create(predecessor=forestry, successor=library.finance)
    for loser, winner, why in [
        (library.bureau, library.bureau, "自己"),
        (group, library.bureau, "统称"),
        (library.finance, forestry, "沿革"),
    ]:
        with pytest.raises(EditError, match=why):
            preview_merge(loser, winner)
        with pytest.raises(EditError, match=why):
            merge(loser, winner, user=None)
    assert not Action.objects.exists()


def test_it_needs_the_permission_and_agencies_as_they_were_seen(library, misprint, editor, chief):
    seen = agencies_version(misprint, library.bureau)
    AgencyName.objects.create(agency=misprint, name="数局")
    with pytest.raises(ConflictError, match="有了改动"):
        merge(misprint, library.bureau, user=chief, seen=seen)
    chief.user_permissions.remove(Permission.objects.get(codename="merge_agencies"))
    with pytest.raises(PermissionDenied):
        merge(misprint, library.bureau, user=type(chief).objects.get(pk=chief.pk))
    assert not Action.objects.exists()
