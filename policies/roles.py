"""Roles: what the accounts of each may do.  A role is a group of Django's, named in Chinese; an account has one."""

from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db.models import TextChoices


class Role(TextChoices):
    """From the one that may least to the one that may most."""

    READER = "reader", "读者"
    EDITOR = "editor", "编辑"
    CHIEF = "chief", "主编"
    ADMINISTRATOR = "administrator", "管理员"


MAKE_ACCOUNTS, CHANGE_ACCOUNTS = "auth.add_user", "auth.change_user"

_EDITOR = ("policies.edit_records", "policies.settle_problem", "ingest.add_run", "ingest.view_run")
_CHIEF = (*_EDITOR, "policies.publish_issue", "policies.merge_agencies", "policies.undo_others")
PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.READER: (),
    Role.EDITOR: _EDITOR,
    Role.CHIEF: _CHIEF,
    Role.ADMINISTRATOR: (*_CHIEF, MAKE_ACCOUNTS, CHANGE_ACCOUNTS),
}


def refusal(permission: str, deed: str = "这样做") -> str:
    """What is told to whom the permission lacks: the deed, and who may do it."""
    role = next(role for role in Role if permission in PERMISSIONS[role])
    return f"没有{deed}的权限，须由{role.label}来做。"


def set_up_roles() -> None:
    """Make the groups, and let each hold the permissions of its role and no others.

    Raises Permission.DoesNotExist for one that no model has.
    """
    for role, names in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=role.label)
        group.permissions.set([_permission(name) for name in names])


def role_of(user: User | AnonymousUser) -> Role | None:
    """The role of an account, be it closed; None if it has none.  A superuser is an administrator."""
    if user.is_superuser:
        return Role.ADMINISTRATOR
    names = {group.name for group in user.groups.all()}
    return next((role for role in reversed(Role) if role.label in names), None)


def give_role(user: User, role: Role) -> None:
    """Put a saved account into the role's group and into no other.  All but readers work at the desk and see drafts."""
    user.groups.set([Group.objects.get(name=role.label)])
    user.is_staff, user.is_superuser = role is not Role.READER, False
    user.save(update_fields=["is_staff", "is_superuser"])


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
