"""Publishing: who may, what becomes visible, and that the index is told."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.core.exceptions import PermissionDenied

from policies.actions.publish import PublishError, UnsettledError, publish
from policies.actions.submit import submit
from policies.actions.withdraw import withdraw
from policies.models import Action, Change, Doubt, Issue, Policy, Source, State

pytestmark = pytest.mark.django_db


def document(issue, order=1, source=None):
    return Policy.objects.create(
        issue=issue, source=issue.source if issue else source, slug=f"甲-{order}", order=order, title=f"甲{order}",
        kind="law", level="national", start_line=1, end_line=2,
    )  # fmt: skip


@pytest.fixture
def source():
    return Source.objects.create(sha256="a" * 64, filename="甲.txt", format="txt", encoding="utf-8", characters=0)


@pytest.fixture
def issue(source):
    issue = Issue.objects.create(year=2031, number=1, source=source)
    document(issue, 1)
    document(issue, 2)
    return issue


@pytest.fixture
def editor():
    user = User.objects.create_user("editor")
    user.user_permissions.add(Permission.objects.get(codename="publish_issue"))
    return user


@pytest.fixture
def chief(editor):
    editor.user_permissions.add(Permission.objects.get(codename="edit_records"))
    return editor


def test_an_editor_publishes_an_issue_with_its_policies(issue, editor):
    assert publish(issue, user=editor)
    assert issue.state == State.PUBLISHED
    assert list(Issue.objects.published()) == [issue]
    assert Policy.objects.published().count() == 2
    noted = set(Change.objects.values_list("policy_id", flat=True))
    assert noted == set(Policy.objects.values_list("pk", flat=True))


def test_publishing_again_changes_nothing(issue):
    publish(issue, user=None)
    Change.objects.all().delete()
    assert publish(issue, user=None) is None
    assert not Change.objects.exists()


def test_a_policy_added_since_is_published_with_its_issue(issue):
    publish(issue, user=None)
    Change.objects.all().delete()
    late = document(issue, 3)
    assert publish(issue, user=None)
    late.refresh_from_db()
    assert late.state == State.PUBLISHED
    assert list(Change.objects.values_list("policy_id", flat=True)) == [late.pk]


def test_a_policy_that_stands_alone_is_published_by_itself(source, editor):
    alone, other = document(None, 1, source), document(None, 2, source)
    publish(alone, user=editor)
    assert list(Policy.objects.published()) == [alone]
    other.refresh_from_db()
    assert other.state == State.DRAFT


def test_a_policy_of_an_issue_waits_for_it(issue):
    with pytest.raises(PublishError, match="随该期一起发布"):
        publish(issue.policies.first(), user=None)


@pytest.mark.parametrize("who", ["nobody", "reader"])
def test_nobody_else_may(issue, who):
    user = AnonymousUser() if who == "nobody" else User.objects.create_user("reader", is_staff=True)
    with pytest.raises(PermissionDenied):
        publish(issue, user=user)
    assert not Issue.objects.published().exists()


def test_doubts_that_must_be_fixed_ask_for_a_confirmation(issue, editor):
    doubt = Doubt.objects.create(issue=issue, code="article-gap", line=1, message="缺第二条。")
    with pytest.raises(UnsettledError, match="1 条"):
        publish(issue, user=editor)
    assert not Issue.objects.published().exists()
    publish(issue, user=editor, despite_doubts=True)
    assert Issue.objects.published().exists()
    assert Doubt.objects.get() == doubt


def take_away(subject, *, user):
    return withdraw(subject, user=user, note="有误")


class TestTheWayOfAnIssue:
    def test_to_readers_and_away_from_them(self, issue, chief):
        for step, state in [
            (submit, "in_review"),
            (publish, "published"),
            (take_away, "withdrawn"),
            (publish, "published"),
        ]:
            action = step(issue, user=chief)
            assert action in Action.objects.filter(issues=issue)
            issue.refresh_from_db()
            assert issue.state == state
            assert set(issue.policies.values_list("state", flat=True)) == {state}

    @pytest.mark.parametrize(("state", "step"), [("draft", take_away), ("published", submit), ("in_review", take_away)])
    def test_has_no_short_cuts(self, issue, chief, state, step):
        Issue.objects.update(state=state)
        with pytest.raises(PublishError, match="现在是"):
            step(issue, user=chief)

    def test_needs_its_permissions(self, issue, django_user_model):
        helper = django_user_model.objects.create_user("helper", is_staff=True)
        for step in (submit, take_away):
            with pytest.raises(PermissionDenied):
                step(issue, user=helper)
