"""What was done, told for people: an action's rows with what changed in them, and a row's own story."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from heapq import merge
from itertools import groupby, islice
from typing import Any

from django.db.models import Exists, ForeignKey, Model, OuterRef, Value
from django.utils import timezone

from policies.agency_fields import MentionsField
from policies.editable import KINDS
from policies.history import Deed, column_values, deeds_among, event_model
from policies.measures import plain
from policies.models import Action, Agency, Issue, Policy, Provision, ResponsibleAgency
from policies.models.history import LISTED, TRACKED

MOST = 200  # rows of an action that are told one by one
SILENT = {"id", "created_at", "original", "path", "depth", "segments"}  # columns that tell an editor nothing
NAMED_BY = ("title", "indicator", "quote", "name", "path", "message", "text", "filename", "column", "subject")
NAME = 80  # characters
PAGED = (Policy, Agency, Issue)  # models whose rows have pages of their own


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that changed, its name and what people call it, with its values as they are printed."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a row: 新增, 更改 or 删除; `address` is where it is read, blank where it is not.

    Rows of a record's list (agencies, issuers, topics) are told among its differences.  `model` and `pk` are the
    row's; `kind` is what people call the model.
    """

    model: str
    pk: Any
    kind: str
    what: str
    name: str
    address: str
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a row's story; `action` is None where something outside the program wrote to the table."""

    at: datetime
    action: Action | None
    told: Told


def tell(action: Action, most: int = MOST) -> tuple[list[Told], int]:
    """The first `most` rows that the action changed, and how many there are in all; lists count with their records."""
    deeds, numbers = list[Deed](), _numbers_of_rows(action)
    for model in TRACKED:
        if numbers[model] and len(deeds) < most:
            # By the column: the relation would be ordered as the rows are that are still there, and by no others.
            events = event_model(model).objects.filter(pgh_context=action.pk).order_by("pgh_obj_id", "pgh_id")
            deeds += islice(deeds_among(model, events[: 4 * most]), most - len(deeds))
            deeds += _of_lists_alone(model, action, most - len(deeds))
    return _tell([(action.pk, deed) for deed in deeds]), numbers.total()


def _numbers_of_rows(action: Action) -> Counter[type[Model]]:
    """How many rows of each model the action changed; those of lists are their records'."""
    records = {part: (record, link) for record, part, link, _ in LISTED}
    rows = []
    for model in TRACKED:
        whole, key = records.get(model, (model, "pgh_obj"))
        events = event_model(model).objects.filter(pgh_context=action.pk).order_by()
        rows.append(events.values_list(Value(TRACKED.index(whole)), key))
    return Counter(TRACKED[place] for place, _ in rows[0].union(*rows[1:]))


def _of_lists_alone(model: type[Model], action: Action, most: int) -> list[Deed]:
    """The first records of a model of which the action changed lists, and nothing else."""
    keys = set[Any]()
    for record, part, link, _ in LISTED:
        if record is model:
            whole = event_model(record).objects.filter(pgh_context=action.pk, pgh_obj=OuterRef(link))
            events = event_model(part).objects.filter(~Exists(whole), pgh_context=action.pk)
            first = events.order_by(f"{link}_id", "pgh_id")[: 4 * most]
            keys |= {_both(deed)[-1][f"{link}_id"] for deed in deeds_among(part, first)}
    return _unchanged(model, sorted(keys)[:most]) if keys else []


def _unchanged(model: type[Model], keys: Iterable[Any]) -> list[Deed]:
    """Rows whose own columns stayed, as these were last."""
    events = event_model(model).objects.filter(pgh_obj__in=keys).order_by("pgh_obj_id", "-pgh_id")
    last = [(event.pgh_obj_id, column_values(event)) for event in events.distinct("pgh_obj_id")]
    return [Deed(model, pk, columns, columns) for pk, columns in last]


def story_of(model: type[Model], pk: int) -> list[Moment]:
    """Every step of a row's story, the newest first; a change of its lists alone is one too."""
    own = [(event, deeds[0]) for event, deeds in _steps(model, pgh_obj=pk)]
    lists = [(part, link) for record, part, link, _ in LISTED if record is model]
    changes = {event.pgh_context_id: event for part, link in lists for event, _ in _steps(part, **{link: pk})}
    alone = changes.keys() - {event.pgh_context_id for event, _ in own} - {None}
    listed = [(changes[context], deed) for deed in _unchanged(model, [pk]) for context in alone] if alone else []
    contexts = {event.pgh_context_id for event, _ in own + listed} - {None}
    actions = Action.objects.select_related("user").in_bulk(contexts)

    def at(step: tuple[Any, Deed]) -> datetime:
        action = actions.get(step[0].pgh_context_id)
        return action.at if action else step[0].pgh_created_at

    steps = list(merge(own, sorted(listed, key=at), key=at))
    told = _tell([(event.pgh_context_id, deed) for event, deed in steps])
    moments = [
        Moment(at(step), actions.get(step[0].pgh_context_id), row) for step, row in zip(steps, told, strict=True)
    ]
    return moments[::-1]


def _steps(model: type[Model], **of: Any) -> list[tuple[Any, list[Deed]]]:
    """The steps in which rows of a model changed, oldest first: an event of each, and what it did."""
    events = event_model(model).objects.filter(**of).order_by("pgh_id")
    steps = [list(step) for _, step in groupby(events, key=lambda event: (event.pgh_context_id, event.pgh_created_at))]
    return [(step[0], deeds) for step in steps if (deeds := deeds_among(model, step))]


Step = tuple[Any, Deed]  # an action's id, None for none, and one of its deeds


def _tell(steps: Sequence[Step]) -> list[Told]:
    parts = _parts(steps)
    names = _names([*(deed for _, deed in steps), *(part for some in parts.values() for part in some)])
    return [
        Told(
            str(deed.model._meta.model_name),
            deed.pk,
            str(deed.model._meta.verbose_name),
            "新增" if deed.before is None else "删除" if deed.after is None else "更改",
            _name(deed, names),
            _address(deed, names),
            [*_differences(deed, names), *_of_lists(parts.get((context, deed.model, deed.pk), ()), names)],
        )
        for context, deed in steps
    ]


def _parts(steps: Iterable[Step]) -> Mapping[tuple[Any, type[Model], Any], Sequence[Deed]]:
    """What the same actions did to the lists of these rows, by action and row."""
    rows = {(context, deed.model, deed.pk) for context, deed in steps}
    contexts = {context for context, *_ in rows} - {None}
    found: defaultdict[tuple[Any, type[Model], Any], list[Deed]] = defaultdict(list)
    for record, part, link, _ in LISTED:
        if keys := {pk for _, model, pk in rows if model is record}:
            events = event_model(part).objects.filter(pgh_context__in=contexts, **{f"{link}__in": keys})
            in_order = events.order_by("pgh_context", "pgh_id")
            for context, some in groupby(in_order, key=lambda event: event.pgh_context_id):
                for deed in deeds_among(part, some):
                    found[context, record, _both(deed)[-1][f"{link}_id"]].append(deed)
    return found


Names = Mapping[type[Model], Mapping[Any, Any]]


def _names(deeds: Iterable[Deed]) -> Names:
    """The rows that have pages, and those that the deeds' columns point to, as far as they are still there."""
    wanted: defaultdict[type[Model], set[Any]] = defaultdict(set)
    for deed in deeds:
        if deed.model in PAGED:
            wanted[deed.model].add(deed.pk)
        for column in _pointers(deed.model):
            wanted[column.related_model] |= {columns[column.attname] for columns in _both(deed)} - {None}
    return {model: model._default_manager.in_bulk(keys) for model, keys in wanted.items()}


def _both(deed: Deed) -> list[dict[str, Any]]:
    return [columns for columns in (deed.before, deed.after) if columns is not None]


def _pointers(model: Any) -> list[Any]:
    """The columns that point to other rows, of those that events hold."""
    held = {column.name for column in event_model(model)._meta.concrete_fields}
    return [column for column in model._meta.concrete_fields if isinstance(column, ForeignKey) and column.name in held]


def _name(deed: Deed, names: Names) -> str:
    columns = _both(deed)[-1]
    if deed.model is Issue:
        return str(Issue(year=columns["year"], number=columns["number"]))
    own = next((str(columns[name]) for name in NAMED_BY if columns.get(name)), "")
    pointed = (str(names[p.related_model].get(columns[p.attname], "")) for p in _pointers(deed.model))
    name = own or "、".join(word for word in pointed if word)
    return name if len(name) <= NAME else f"{name[:NAME]}…"


def _address(deed: Deed, names: Names) -> str:
    columns = _both(deed)[-1]
    if deed.model in PAGED:
        row = names[deed.model].get(deed.pk)
        return row.get_absolute_url() if row else ""
    policy = names.get(Policy, {}).get(columns.get("policy_id"))
    provision = names.get(Provision, {}).get(columns.get("provision_id"))
    eid = columns.get("eid") or (provision.eid if provision else "")
    return f"{policy.get_absolute_url()}{'#' + eid if eid else ''}" if policy else ""


def _differences(deed: Deed, names: Names) -> list[Difference]:
    before, after = deed.before, deed.after
    if before is None or after is None:
        return []
    silent = SILENT | ({"source"} if after.get("issue_id") else set())  # which its issue tells
    return [
        Difference(
            column.name,
            str(column.verbose_name),
            _word(column, before[column.attname], names),
            _word(column, after[column.attname], names),
        )
        for column in deed.model._meta.concrete_fields
        if column.name not in silent and column.attname in before and before[column.attname] != after[column.attname]
    ]


def _of_lists(parts: Sequence[Deed], names: Names) -> list[Difference]:
    """What changed in a record's lists, as its form writes them."""
    found = []
    for record, part, _, field in LISTED:
        mine = [deed for deed in parts if deed.model is part]
        if mine:
            label = KINDS[str(record._meta.model_name)].fields[field]
            before = _listed([deed.before for deed in mine if deed.before], part, names)
            after = _listed([deed.after for deed in mine if deed.after], part, names)
            # Only what joined or left is told, so an empty side does not mean that the list is empty.
            found.append(Difference(field, label, before or "（添加）", after or "（去掉）"))
    return found


def _listed(rows: list[dict[str, Any]], part: Any, names: Names) -> str:
    if not rows:
        return ""
    pointer = part._meta.get_field("topic" if hasattr(part, "topic") else "agency")
    rows.sort(key=lambda row: row.get("position", 0))
    said = [_word(pointer, row[pointer.attname], names) for row in rows]
    if part is not ResponsibleAgency:
        return "、".join(said)
    mentions = [[row["position"], name, row["name"], row["role"]] for row, name in zip(rows, said, strict=True)]
    return str(MentionsField().prepare_value(mentions)).replace("\n", "；")


def _word(column: Any, value: Any, names: Names) -> str:
    """A column's value as it is printed on a page."""
    if value is None or value == "":
        return "（空）"
    if isinstance(column, ForeignKey):
        return str(
            names.get(column.related_model, {}).get(value, f"（已删除的{column.related_model._meta.verbose_name}）")
        )
    if column.flatchoices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "、".join(map(str, value)) or "（空）"
    return str(value)
