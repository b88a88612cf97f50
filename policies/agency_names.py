"""Agencies as editors name them: by a full name, or by a short one that a text of some region uses."""

from django.core.exceptions import ValidationError

from policies.models import Agency, Policy
from policies.models.region import Region
from policies.selectors.agencies import agencies_called

LONGEST = 200  # characters of an agency's name


def find_agency(name: str, policy: Policy) -> Agency:
    """The agency that `name` means in a policy: of that full name, else of that short name, near the policy's region.

    One that nobody has heard of comes back unsaved, and not `known`: whoever tidies agencies looks at it.
    Raises ValidationError where several bear the name, or it is too long for one.
    """
    if len(name) > LONGEST:
        raise ValidationError(f"部门名称有 {len(name)} 字，超过 {LONGEST} 字。")
    if agency := agencies_called([name]).get(name):
        return agency
    found = list(Agency.objects.filter(names__name=name).distinct())
    if len(found) > 1:
        found = [agency for agency in found if _is_near(agency, policy)] or found
    if len(found) > 1:
        raise ValidationError(f"有 {len(found)} 个部门叫“{name}”，请写全称。")
    return found[0] if found else Agency(name=name, known=False)


def _is_near(agency: Agency, policy: Policy) -> bool:
    """Whether it is of the policy's region or of one around it; for a national policy, of the nation."""
    if policy.region_id is None:
        return agency.level == Region.Level.NATION
    code = policy.region_id
    return agency.region_id in {code, f"{code[:4]}00", f"{code[:2]}0000"}
