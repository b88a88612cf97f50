"""Names, place and successions of agencies, as editors set them: what is refused, kept, and taken back."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied

from policies.actions.agency_editing import agencies_version
from policies.actions.name_agency import add_name, preview_addition, preview_removal, remove_name
from policies.actions.settle_agency import preview_settling, settle_agency
from policies.actions.succeed_agency import add_succession
from policies.actions.undo import undo
from policies.history import ConflictError, EditError
from policies.models import Action, Agency, AgencyName, ResponsibleAgency, Succession

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(editor):
    editor.user_permissions.add(Permission.objects.get(codename="edit_records"))
    return editor


@pytest.fixture
def office(library) -> Agency:
    """An agency that nobody knows, as a plan prints it: 省数字办."""
    office = Agency.objects.create(name="青川省数字办", known=False)
    duty = library.plan.responsibility_set.get()
    ResponsibleAgency.objects.create(responsibility=duty, agency=office, position=3, name="省数字办", role="support")
    return office


def names(agency: Agency) -> dict[str, bool]:
    return dict(agency.names.values_list("name", "added"))


def test_a_name_is_added_and_undone_by_its_editor(library, editor):
    done = add_name(library.bureau, " 省 大数据局", user=editor)
    assert names(library.bureau) == {"省数据局": False, "省大数据局": True}
    assert str(done) == "整理部门：“青川省数据局”加简称“省大数据局”"
    assert add_name(library.bureau, "省大数据局", user=editor) is None
    assert done
    undo(done, user=editor)
    assert names(library.bureau) == {"省数据局": False}


def test_adding_tells_which_rows_an_extraction_would_move(library, office):
    preview = preview_addition(library.bureau, "省数字办")
    assert preview.counts == {"责任": 1, "政策": 1}
    assert [(row.before, row.after) for row in preview.rows] == [("青川省数字办", "青川省数据局")]
    assert not library.bureau.names.filter(name="省数字办").exists()


def test_a_name_that_is_taken_away_is_denied_unless_an_editor_had_added_it(library, editor):
    assert preview_removal(library.bureau, "省数据局").counts == {"责任": 1, "政策": 1}
    done = remove_name(library.bureau, "省数据局", user=editor)
    assert done
    library.bureau.refresh_from_db()
    assert (names(library.bureau), library.bureau.denied_names) == ({}, ["省数据局"])
    add_name(library.bureau, "省数据局", user=editor)
    library.bureau.refresh_from_db()
    assert (names(library.bureau), library.bureau.denied_names) == ({"省数据局": True}, [])
    remove_name(library.bureau, "省数据局", user=editor)
    library.bureau.refresh_from_db()
    assert library.bureau.denied_names == []
    with pytest.raises(EditError, match="后来又被editor改动"):
        undo(done, user=editor)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (" ", "写出名称"),
        ("数" * 201, "201 字"),
        ("青川省数据局", "就是它的全称"),
        ("青川省财政厅", "另一个部门的全称"),
        ("省财政厅", "已是“青川省财政厅”的名称"),
    ],
)
def test_what_is_no_name_of_it_is_refused(library, name, why):
    AgencyName.objects.create(agency=library.finance, name="省财政厅")
    with pytest.raises(EditError, match=why):
        preview_addition(library.bureau, name)
    with pytest.raises(EditError, match=why):
        add_name(library.bureau, name, user=None)
    assert not Action.objects.exists()


def test_a_group_has_no_short_name(library):
    Agency.objects.filter(pk=library.finance.pk).update(is_group=True)
    with pytest.raises(EditError, match="统称"):
        add_name(library.finance, "省财厅", user=None)
    with pytest.raises(EditError, match="没有“省财厅”"):
        remove_name(library.finance, "省财厅", user=None)


def test_an_unknown_agency_is_confirmed_with_its_place(library, office, editor):
    preview = preview_settling(office, library.province, "province")
    assert [(row.before, row.after) for row in preview.rows] == [("无地区", "青川省，省级")]
    done = settle_agency(office, library.province, "province", user=editor)
    office.refresh_from_db()
    assert (office.known, office.vouched, office.region, office.level) == (True, True, library.province, "province")
    assert settle_agency(office, library.province, "province", user=editor) is None
    assert done
    undo(done, user=editor)
    office.refresh_from_db()
    assert (office.known, office.vouched, office.region, office.level) == (False, False, None, "")
    for region, level, why in [
        (library.province, "national", "没有地区"),
        (library.province, "", "选层级"),
        (None, "hamlet", "层级"),
    ]:
        with pytest.raises(EditError, match=why):
            settle_agency(office, region, level, user=editor)


def test_a_succession_is_added_once_and_undone(library, office, editor):
    day = date(2024, 3, 1)
    done = add_succession(office, library.bureau, date=day, note="职责划入", user=editor)
    row = Succession.objects.get()
    assert (row.predecessor, row.successor, row.date, row.note) == (office, library.bureau, day, "职责划入")
    for before, after, why in [
        (office, library.bureau, "已有沿革"),
        (library.bureau, office, "已有沿革"),
        (office, office, "自己"),
    ]:
        with pytest.raises(EditError, match=why):
            add_succession(before, after, user=editor)
    assert done
    undo(done, user=editor)
    assert not Succession.objects.exists()


def test_all_need_the_permission_and_the_agency_as_it_was_seen(library, editor, reader):
    seen = agencies_version(library.bureau)
    AgencyName.objects.create(agency=library.bureau, name="数局")
    edits = (
        lambda **who: add_name(library.bureau, "大数局", **who),
        lambda **who: remove_name(library.bureau, "数局", **who),
        lambda **who: settle_agency(library.bureau, library.city, "city", **who),
        lambda **who: add_succession(library.bureau, library.finance, **who),
    )
    for edit in edits:
        with pytest.raises(PermissionDenied):
            edit(user=reader)
        with pytest.raises(ConflictError):
            edit(user=editor, seen=seen)
    assert not Action.objects.exists()
