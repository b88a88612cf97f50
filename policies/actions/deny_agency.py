"""Deny an agency: an editor says that what the machine took for an agency's name is none."""

from policies.actions.agency_editing import editing_agencies
from policies.actions.correct import correct_many
from policies.actions.editing import Editor, version_of
from policies.actions.reject import reject
from policies.actions.settle import settle_doubt
from policies.history import ConflictError, EditError
from policies.models import Action, Agency, Doubt
from policies.models.doubt import UNRESOLVED
from policies.replacement import Replacement
from policies.selectors.agency_rows import Naming, naming

SAID = "不是部门"


def deny_agency(agency: Agency, *, user: Editor, seen: str | None = None) -> Action | None:
    """Let no record name an unknown agency; the action, None if none does.

    Responsibilities of it alone are rejected; it is left out of those of others too and of issuers, and the warnings
    that ask whose it is are settled.  Where a later text has such a name again, it is asked about again.  `user` needs
    policies.edit_records; `seen` is `naming_version(naming(agency))`.  Raises PermissionDenied, ConflictError, and
    EditError for an agency that was confirmed or merged.
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
            correct_many(named.shared, {"agencies": Replacement(agency)}, user=user)
        if named.policies:
            correct_many(named.policies, {"issuers": Replacement(agency)}, user=user)
    return edit.done


def naming_version(named: Naming) -> str:
    """`version_of` all that names an agency, just read."""
    return version_of(*named.records)


def _settle(agency: Agency, user: Editor) -> None:
    asked = Doubt.objects.unsettled().filter(code=UNRESOLVED)
    printed = agency.responsibilities.standing().order_by().values_list("responsibility__policy", "name").distinct()
    for policy, name in printed:
        for doubt in asked.filter(policy=policy, message__contains=f"“{name}”"):
            settle_doubt(doubt, SAID, user=user)
