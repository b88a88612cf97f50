"""The tables in Django's admin, to look things up; what editors do, they do at the desk."""

from typing import ClassVar

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db.models import Model, QuerySet

from policies.models import (
    Agency,
    AgencyName,
    ContentsEntry,
    Issue,
    Issuer,
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Region,
    Responsibility,
    ResponsibleAgency,
    Source,
    Table,
    Target,
    Topic,
)
from policies.roles import role_of


class ReadOnly:
    """What is read here and changed elsewhere: by ingest, or at the desk, which keep the index told."""

    def has_view_permission(self, request, obj: Model | None = None) -> bool:
        return True  # the site opens to administrators only

    def has_module_permission(self, request) -> bool:
        return True

    def has_add_permission(self, request, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request, obj: Model | None = None) -> bool:
        return False


class Lookup(ReadOnly, admin.ModelAdmin):
    show_full_result_count = False
    list_per_page = 50


class Rows(ReadOnly, admin.TabularInline):
    extra = 0


class ContentsInline(Rows):
    model = ContentsEntry
    fields = ("position", "column", "page", "title", "policy")


class IssuerInline(Rows):
    model = Issuer
    raw_id_fields = ("agency",)


class AgencyNameInline(Rows):
    model = AgencyName


class ResponsibleAgencyInline(Rows):
    model = ResponsibleAgency
    raw_id_fields = ("agency",)


@admin.register(Issue)
class IssueAdmin(Lookup):
    list_display = ("__str__", "total_number", "published_on", "cover_title", "state")
    list_filter = ("state", "year")
    search_fields = ("cover_title",)
    raw_id_fields = ("source",)
    inlines: ClassVar = [ContentsInline]


@admin.register(Policy)
class PolicyAdmin(Lookup):
    list_display = ("title", "issue", "kind", "level", "region", "status", "state")
    list_filter = ("state", "kind", "level", "status")
    list_select_related = ("issue", "region")
    search_fields = ("title", "doc_number", "slug")
    raw_id_fields = ("issue", "source", "region")
    inlines: ClassVar = [IssuerInline]


@admin.register(Provision)
class ProvisionAdmin(Lookup):
    list_display = ("policy", "path", "heading", "type", "start_line", "review")
    list_filter = ("type", "review")
    list_select_related = ("policy",)
    search_fields = ("policy__title", "path", "heading")
    raw_id_fields = ("policy", "parent")


class ExtractedAdmin(Lookup):
    """What all extracted rows have: their clause, their line, their rule and who vouches for them."""

    list_filter: ClassVar[tuple[str, ...]] = ("review", "rule")
    list_select_related = ("policy", "provision")
    search_fields: ClassVar[tuple[str, ...]] = ("quote", "policy__title")
    raw_id_fields = ("policy", "provision")


@admin.register(Target)
class TargetAdmin(ExtractedAdmin):
    list_display = ("indicator", "op", "value", "value_max", "unit", "year", "policy", "line", "confidence", "review")
    list_filter = ("review", "year", "rule")
    search_fields = ("indicator", "quote", "policy__title")


@admin.register(Responsibility)
class ResponsibilityAdmin(ExtractedAdmin):
    list_display = ("quote", "policy", "provision", "line", "confidence", "review")
    inlines: ClassVar = [ResponsibleAgencyInline]


@admin.register(Obligation)
class ObligationAdmin(ExtractedAdmin):
    list_display = ("subject", "modality", "policy", "provision", "line", "confidence", "review")
    list_filter = ("modality", "review", "rule")


@admin.register(Observation)
class ObservationAdmin(ExtractedAdmin):
    list_display = ("indicator", "when", "value", "unit", "yoy", "yoy_unit", "policy", "line", "review")


@admin.register(Reference)
class ReferenceAdmin(ExtractedAdmin):
    list_display = ("title", "cited_provision", "policy", "provision", "line", "review")


@admin.register(Table)
class TableAdmin(Lookup):
    list_display = ("number", "title", "unit", "policy", "line")
    list_select_related = ("policy",)
    search_fields = ("title", "policy__title")
    raw_id_fields = ("policy", "provision")


@admin.register(Agency)
class AgencyAdmin(Lookup):
    list_display = ("name", "region", "level", "is_group", "known")
    list_filter = ("known", "is_group", "level")
    list_select_related = ("region",)
    search_fields = ("name", "names__name")
    raw_id_fields = ("region",)
    inlines: ClassVar = [AgencyNameInline]


@admin.register(Region)
class RegionAdmin(Lookup):
    list_display = ("code", "name", "short_name", "level", "parent", "valid_from", "valid_to")
    list_filter = ("level",)
    list_select_related = ("parent",)
    search_fields = ("code", "name")
    raw_id_fields = ("parent",)


@admin.register(Topic)
class TopicAdmin(Lookup):
    list_display = ("name", "slug", "terms")
    search_fields = ("name",)


@admin.register(Source)
class SourceAdmin(Lookup):
    list_display = ("filename", "format", "encoding", "characters", "created_at")
    search_fields = ("filename", "sha256")
    exclude = ("text", "segments")


admin.site.unregister((User, Group))  # a role is more than a group, and the desk changes it


@admin.register(User)
class UserAdmin(Lookup):
    list_display = ("username", "role", "is_active", "is_staff", "last_login", "date_joined")
    list_filter = ("groups", "is_active")
    search_fields = ("username",)
    fields = ("username", "role", "is_active", "is_staff", "is_superuser", "last_login", "date_joined")

    def get_queryset(self, request) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="角色")
    def role(self, account: User) -> str:
        role = role_of(account)
        return role.label if role else "—"


@admin.register(LogEntry)
class LogEntryAdmin(Lookup):
    list_display = ("action_time", "user", "object_repr", "change_message")
    list_select_related = ("user",)
    search_fields = ("object_repr", "user__username")
