"""Answering doubts and reports, and asking them again."""

import pytest

from policies.actions.settle import reopen, settle_doubt
from policies.history import EditError
from policies.models import Doubt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]


def test_a_doubt_is_settled_once_and_opened_again(library, editor):
    doubt = library.issue.doubts.get()
    editor.is_superuser = True
    editor.save()
    action = settle_doubt(doubt, "原文如此", user=editor)
    row = Doubt.objects.get(pk=doubt.pk)
    assert (row.settled_by, row.note) == (editor, "原文如此")
    assert action
    assert "条号不连续" in action.summary
    assert settle_doubt(doubt, "原文如此", user=None) is None
    with pytest.raises(EditError, match="没有记下"):
        settle_doubt(doubt, "再说一次", user=None)
    assert Doubt.objects.get(pk=doubt.pk).note == "原文如此"
    assert reopen(doubt, user=editor)
    assert list(Doubt.objects.unsettled()) == [doubt]
    assert reopen(doubt, user=editor) is None


def test_a_decision_that_no_longer_fits_is_dismissed(library):
    lost = Doubt.objects.create(issue=library.issue, code="decision-lost", line=3, message="不合", lost={"value": 3})
    assert settle_doubt(lost, "", user=None)
    assert not Doubt.objects.unsettled().filter(lost__isnull=False).exists()
