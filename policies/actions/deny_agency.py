"""Deny an agency: an editor says that what the machine took for an agency's name is none."""

from policies.actions.agency_editing import editing_agencies
from policies.actions.correct import correct_many
from policies.actions.editing import Editor, keep_original, version_of, vouched
from policies.actions.reject import reject
from policies.actions.settle import settle_doubt
from policies.editable import told
from policies.history import ConflictError, EditError
from policies.models import Action, Agency, Doubt, Responsibility, ResponsibleAgency
from policies.models.doubt import UNRESOLVED
from policies.replacement import Replacement
from policies.selectors.agency_rows import Naming, naming

SAID = "不是部门"


def deny_agency(agency: Agency, *, user: Editor, seen: str | None = None) -> Action | None:
    """Let no record name an unknown agency; the action, None if none does.

    Responsibilities of it alone are rejected; those of others too, and issuers, are corrected to be without it; the
    warnings that ask whose it is are settled.  Where a later text has such a name again, it is asked about again.
    `user` needs policies.edit_records; `seen` is `naming_version(naming(agency))`.  Raises PermissionDenied,
    ConflictError, and EditError for an agency that was confirmed or merged.
    """
    with editing_agencies([agency], f"“{agency}”{SAID}", user=user) as edit:
        (agency,) = edit.rows
        if agency.known:
            raise EditError(f"“{agency}”已确认是部门。")
        named = naming(agency)
        if seen is not None and naming_version(named) != seen:
            raise ConflictError("您打开之后，提到它的记录有了改动；没有保存，请看过现在的内容再改。")
        _settle(agency, user)
        if named.alone:
            reject(named.alone, user=user)
        if named.shared:
            _leave_out(agency, named.shared)
        if named.policies:
            correct_many(named.policies, {"issuers": Replacement(agency)}, user=user)
    return edit.done


def naming_version(named: Naming) -> str:
    """`version_of` all that names an agency, just read."""
    return version_of(*named.records)


def _leave_out(agency: Agency, duties: list[Responsibility]) -> None:
    """As `correct_many` would, whose queries for each row are too many where a phrase is in hundreds."""
    for duty in duties:
        before = told(duty)
        others = [mention for mention in before["agencies"] if mention[1] != agency.name]
        keep_original(duty, before, {"agencies": others})
        duty.review = vouched(duty)
    ResponsibleAgency.objects.filter(agency=agency, responsibility__in=duties).delete()
    Responsibility.objects.bulk_update(duties, ["original", "review"])


def _settle(agency: Agency, user: Editor) -> None:
    """Answer the warnings by the names that were read for it, but those that another unknown agency still has there."""
    place = ("responsibility__policy", "name")
    read = set(agency.responsibilities.order_by().values_list(*place))
    unknown = ResponsibleAgency.objects.standing().filter(agency__known=False).exclude(agency=agency)
    read -= set(unknown.filter(name__in={name for _, name in read}).order_by().values_list(*place))
    asked = Doubt.objects.unsettled().filter(code=UNRESOLVED, policy__in={policy for policy, _ in read})
    for doubt in asked.select_related("policy"):
        if any(policy == doubt.policy_id and f"“{name}”" in doubt.message for policy, name in read):
            settle_doubt(doubt, SAID, user=user)
