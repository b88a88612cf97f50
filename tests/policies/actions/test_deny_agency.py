"""An agency that is none: what becomes of the records that name it, and taking it back."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied

from policies.actions.deny_agency import deny_agency, naming_version
from policies.actions.undo import undo
from policies.history import ConflictError, EditError
from policies.models import Action, Agency, Doubt, Issuer, Responsibility, ResponsibleAgency
from policies.selectors.agency_rows import naming
from policies.selectors.questions import questions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]


@pytest.fixture
def editor(editor):
    editor.user_permissions.add(Permission.objects.get(codename="edit_records"))
    return editor


@pytest.fixture
def phrase(library) -> Agency:
    """Words taken for an agency: responsible alone, beside two others, and as the second issuer."""
    phrase = Agency.objects.create(name="切实加强", known=False)
    plan = library.plan
    alone = Responsibility.objects.create(policy=plan, line=20, quote="切实加强负责", rule="test")
    for duty, position in ((alone, 1), (plan.responsibility_set.earliest("pk"), 3)):
        ResponsibleAgency.objects.create(
            responsibility=duty, agency=phrase, position=position, name="切实加强", role="responsible"
        )
    Issuer.objects.create(policy=library.law, agency=phrase, position=2)
    return phrase


def named(library) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The law's issuers, and the plan's responsibilities with their agencies."""
    duties = library.plan.responsibility_set.order_by("pk")
    return (
        list(library.law.issuers.values_list("agency__name", flat=True)),
        [(duty.review, list(duty.agencies.values_list("name", flat=True))) for duty in duties],
    )


def asked(phrase: Agency) -> bool:
    return ("agency", phrase.pk) in {(one.kind, one.pk) for one in questions()}


def warn(library, name: str) -> Doubt:
    message = f"不知道“{name}”是哪个地区的哪个部门，照原文收录；请核对。"
    return Doubt.objects.create(policy=library.plan, code="agency-unresolved", line=20, message=message)


def test_records_of_it_alone_are_rejected_the_others_go_on_without_it_and_all_comes_back(library, phrase, editor):
    before = named(library)
    assert asked(phrase)
    done = deny_agency(phrase, user=editor, seen=naming_version(naming(phrase)))
    assert done
    assert str(done) == "整理部门：“切实加强”不是部门"
    assert named(library) == (
        ["青川省数据局"],
        [("corrected", ["省数据局", "省财政厅"]), ("rejected", ["切实加强"])],
    )
    assert not asked(phrase)
    assert deny_agency(phrase, user=editor) is None
    undo(done, user=editor)
    assert named(library) == before
    assert asked(phrase)


def test_the_warnings_about_it_are_settled_and_no_others(library, phrase, editor):
    for name in ("切实加强", "切实加强领导"):
        warn(library, name)
    done = deny_agency(phrase, user=editor)
    assert done
    (settled,) = Doubt.objects.exclude(settled_at=None)
    assert ("“切实加强”" in settled.message, settled.note, settled.settled_by) == (True, "不是部门", editor)
    undo(done, user=editor)
    assert not Doubt.objects.exclude(settled_at=None).exists()


def test_a_warning_of_rejected_duties_is_settled_one_that_another_name_still_asks_is_not(library, phrase, editor):
    duty, other = phrase.responsibilities.first(), Agency.objects.create(name="青川省切实加强", known=False)
    phrase.responsibilities.update(name="加强")
    Responsibility.objects.filter(agencies__agency=phrase).update(review="rejected")
    warning = warn(library, "加强")
    another = Responsibility.objects.create(policy=library.plan, line=21, quote="加强负责", rule="test")
    another.agencies.create(agency=other, position=1, name="加强", role=duty.role)
    deny_agency(phrase, user=editor)
    warning.refresh_from_db()
    assert not warning.settled_at
    deny_agency(other, user=editor)
    warning.refresh_from_db()
    assert warning.settled_at
    phrase_alone = warn(library, "加强")
    deny_agency(phrase, user=editor)
    phrase_alone.refresh_from_db()
    assert phrase_alone.settled_at


def test_hundreds_of_duties_are_corrected_in_few_queries_each(library, phrase, editor, django_assert_max_num_queries):
    shared = Responsibility.objects.bulk_create(
        Responsibility(policy=library.plan, line=20, quote="落实", rule="test") for _ in range(100)
    )
    ResponsibleAgency.objects.bulk_create(
        ResponsibleAgency(responsibility=duty, agency=agency, position=place, name=agency.name, role="lead")
        for duty in shared
        for place, agency in enumerate((phrase, library.bureau), start=1)
    )
    with django_assert_max_num_queries(200):
        deny_agency(phrase, user=editor)
    last = Responsibility.objects.get(pk=shared[-1].pk)
    assert (last.review, last.original) == (
        "corrected",
        {"agencies": [[1, "切实加强", "切实加强", "lead"], [2, "青川省数据局", "青川省数据局", "lead"]]},
    )


def test_it_needs_the_permission_an_unknown_name_and_the_records_as_they_were_seen(library, phrase, editor, reader):
    seen = naming_version(naming(phrase))
    library.plan.responsibility_set.latest("pk").agencies.update(role="lead")
    with pytest.raises(PermissionDenied):
        deny_agency(phrase, user=reader)
    with pytest.raises(ConflictError):
        deny_agency(phrase, user=editor, seen=seen)
    with pytest.raises(EditError, match="已确认是部门"):
        deny_agency(library.bureau, user=editor)
    assert not Action.objects.exists()
