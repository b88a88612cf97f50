"""A policy as it is read: its clauses in order, each with its paragraphs, tables, figures and records."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from policies.models import (
    Figure,
    Observation,
    Policy,
    Provision,
    Reference,
    Responsibility,
    ResponsibleAgency,
    Table,
    Target,
)
from policies.selectors.anchors import Link, Linked, link
from policies.selectors.citations import OtherEdition, citations_of, editions_of
from search.highlight import Mark, cut, marks

Type = Provision.Type
TITLED = {Type.PART, Type.CHAPTER, Type.SECTION, Type.SUBSECTION, Type.ATTACHMENT}
LINE_PROBE = 12  # characters by which a paragraph is found again in its source
SPACE = re.compile(r"\s+")
NUMBER = re.compile(r"[-−–+]?[\d,.]+[%％‰]?|[-—–…]+")  # 1,234.5, -0.6, 12%, or a dash for none


@dataclass(slots=True)
class Paragraph:
    """One paragraph and the line that it begins on, where that could be told.

    `number` counts the paragraphs (款) of its clause, over to its tail; `links` lead to what it
    cites, to its targets and to the agencies responsible; `marks` are the words that were looked for.
    """

    text: str
    line: int | None
    kind: str = "paragraph"
    number: int = field(default=1, compare=False)
    links: list[Link] = field(default_factory=list, compare=False)
    marks: list[Mark] = field(default_factory=list, compare=False)


@dataclass(slots=True)
class Inset:
    """A table or a figure's caption where it stands in the text; `kind` says which.

    A table's cells say whether they stand in a column of numbers.
    """

    kind: str
    row: Table | Figure
    line: int
    header: list[tuple[str, bool]] = field(default_factory=list)
    rows: list[list[tuple[str, bool]]] = field(default_factory=list)


@dataclass(slots=True)
class Duty:
    """A responsibility with its agencies by role, in the printed order."""

    responsibility: Responsibility
    roles: list[tuple[str, list[ResponsibleAgency]]]


@dataclass(slots=True)
class Clause:
    """A provision, or (`is_tail`) what follows the children of one.

    `level` is that of its HTML heading, None where it has none; `run_in` says that text follows
    label and heading on their own line.  `marks` are those of the heading.
    """

    provision: Provision
    level: int | None = None
    run_in: bool = False
    is_tail: bool = False
    marks: list[Mark] = field(default_factory=list)
    parts: list[Paragraph | Inset] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)


@dataclass(slots=True)
class OutlineEntry:
    """A heading in the outline at the side; `articles` are the unheaded ones directly under it."""

    provision: Provision
    level: int
    articles: list[Provision] = field(default_factory=list)


@dataclass(slots=True)
class Observed:
    """The observations that stand on one line of a provision."""

    provision: Provision | None
    line: int
    rows: list[Observation]


@dataclass(slots=True)
class Reading:
    """A whole policy, ready for a page; `loose` are tables and figures before the first clause."""

    loose: list[Inset]
    clauses: list[Clause]
    outline: list[OutlineEntry]
    targets: list[Target]
    observations: list[Observed]
    references: list[Reference]
    editions: list[OtherEdition]
    duty_count: int

    @property
    def observation_count(self) -> int:
        return sum(len(group.rows) for group in self.observations)


def read_policy(policy: Policy, user) -> Reading:
    """Everything that the policy's page shows, in a fixed number of queries.

    Rejected rows are left out; references lead to policies that `user` may read.
    """
    references = citations_of(policy, user)
    provisions = list(policy.provisions.standing().order_by("position"))
    targets = list(policy.target_set.standing().select_related("provision"))
    duties = _duties(policy)
    insets = sorted(
        [_table(table) for table in policy.tables.all()]
        + [Inset("figure", figure, figure.line) for figure in policy.figures.all()],
        key=lambda inset: inset.line,
    )
    setting = _Setting(provisions, policy.source.lines())
    clauses = setting.clauses()
    _attach(clauses, targets, duties)
    paragraphs: defaultdict[int, list[Linked]] = defaultdict(list)
    for clause in clauses:
        paragraphs[clause.provision.pk] += [part for part in clause.parts if isinstance(part, Paragraph)]
    link(paragraphs, references, targets, [duty.responsibility for duty in duties])
    return Reading(
        loose=_place(insets, clauses),
        clauses=clauses,
        outline=_outline(clauses),
        targets=targets,
        observations=_observed(policy),
        references=_cited_documents(references),
        editions=editions_of(policy, user),
        duty_count=len(duties),
    )


def mark(clauses: list[Clause], sought: list[str]) -> int:
    """Mark the folded texts `sought` where each provision's words hold them, be it over heading, paragraphs
    and tail, as a search finds them.  Gives back how many places there are."""
    held: defaultdict[int, list[tuple[str, list[Mark]]]] = defaultdict(list)
    for clause in clauses:
        words = held[clause.provision.pk]
        if not clause.is_tail:
            words.append((clause.provision.heading, clause.marks))
        words += [(part.text, part.marks) for part in clause.parts if isinstance(part, Paragraph)]
    count = 0
    for words in held.values():
        places = [Mark(*place) for place in marks("\n".join(text for text, _ in words), sought)]
        count += len(places)
        at = 0
        for text, marked in words:
            marked += cut(places, at, at + len(text))
            at += len(text) + 1
    return count


class _Setting:
    """Turns provisions, which come in the order of the text, into clauses with their paragraphs' lines."""

    def __init__(self, provisions: list[Provision], lines: list[str]):
        self.provisions = provisions
        self.lines = [SPACE.sub("", line) for line in lines]
        self.levels: dict[int, int] = {}

    def clauses(self) -> list[Clause]:
        made: list[Clause] = []
        open_ones: list[Provision] = []
        for provision in self.provisions:
            while open_ones and open_ones[-1].pk != provision.parent_id:
                made += self._tail(open_ones.pop(), made)
            made.append(self._clause(provision))
            open_ones.append(provision)
        while open_ones:
            made += self._tail(open_ones.pop(), made)
        return made

    def _clause(self, provision: Provision) -> Clause:
        outer = self.levels.get(provision.parent_id or 0, 1)
        titled = provision.type in TITLED or bool(provision.heading)
        level = min(outer + 1, 6) if titled or provision.type == Type.ARTICLE else None
        self.levels[provision.pk] = level or outer
        parts = self._paragraphs(provision.text, provision.start_line, provision.end_line)
        return Clause(provision, level=level, run_in=provision.type not in TITLED, parts=list(parts))

    def _tail(self, provision: Provision, made: list[Clause]) -> list[Clause]:
        if not provision.tail:
            return []
        start = max(made[-1].provision.end_line, provision.start_line)
        parts = list(self._paragraphs(provision.tail, start, provision.end_line))
        for number, part in enumerate(parts, len(provision.text.split("\n")) + 1):
            part.number = number
        return [Clause(provision, is_tail=True, parts=[*parts])]

    def _paragraphs(self, text: str, first: int, last: int) -> Iterator[Paragraph]:
        """The paragraphs of `text`, each with the first line after its forerunner's that holds its beginning."""
        line = first
        for count, paragraph in enumerate(filter(None, text.split("\n")), 1):
            probe = SPACE.sub("", paragraph)[:LINE_PROBE]
            beyond = min(last, len(self.lines)) + 1
            found = next((number for number in range(line, beyond) if probe in self.lines[number - 1]), None)
            line = found + 1 if found else line
            yield Paragraph(paragraph, found, number=count)


def _observed(policy: Policy) -> list[Observed]:
    rows = policy.observation_set.standing().select_related("provision").order_by("line", "pk")
    groups = groupby(rows, key=lambda row: (row.provision, row.line))
    return [Observed(provision, line, list(found)) for (provision, line), found in groups]


def _duties(policy: Policy) -> list[Duty]:
    rows = policy.responsibility_set.standing().prefetch_related("agencies__agency")
    return [Duty(row, _by_role(row.agencies.all())) for row in rows]


def _by_role(agencies: Iterable[ResponsibleAgency]) -> list[tuple[str, list[ResponsibleAgency]]]:
    order = ResponsibleAgency.Role.values
    ranked = sorted(agencies, key=lambda agency: (order.index(agency.role), agency.position))
    return [(role, list(group)) for role, group in groupby(ranked, key=lambda agency: agency.get_role_display())]


def _attach(clauses: list[Clause], targets: list[Target], duties: list[Duty]) -> None:
    """Put each row under its clause; under the clause's tail where it stands on a line of that."""
    heads = {clause.provision.pk: clause for clause in clauses if not clause.is_tail}
    tails = {clause.provision.pk: clause for clause in clauses if clause.is_tail}

    def home(provision_id: int | None, line: int) -> Clause | None:
        tail = tails.get(provision_id or 0)
        if tail and tail.parts and tail.parts[0].line and line >= tail.parts[0].line:
            return tail
        return heads.get(provision_id or 0)

    for target in targets:
        if clause := home(target.provision_id, target.line):
            clause.targets.append(target)
    for duty in duties:
        if clause := home(duty.responsibility.provision_id, duty.responsibility.line):
            clause.duties.append(duty)


def _table(table: Table) -> Inset:
    width = max((len(row) for row in table.rows), default=len(table.header))
    columns = [[row[place] for row in table.rows if place < len(row) and row[place].strip()] for place in range(width)]
    numeric = [bool(cells) and all(NUMBER.fullmatch(cell.strip()) for cell in cells) for cells in columns]
    numeric += [False] * max(len(table.header) - width, 0)
    return Inset(
        "table",
        table,
        table.line,
        header=list(zip(table.header, numeric, strict=False)),
        rows=[list(zip(row, numeric, strict=False)) for row in table.rows],
    )


def _place(insets: list[Inset], clauses: list[Clause]) -> list[Inset]:
    """Put each table and caption before the first paragraph that begins after it; give back those before all."""
    loose: list[Inset] = []
    waiting = list(insets)
    before: Clause | None = None
    for clause in clauses:
        parts: list[Paragraph | Inset] = []
        start = None if clause.is_tail else clause.provision.start_line
        while waiting and start is not None and waiting[0].line < start:
            (before.parts if before else loose).append(waiting.pop(0))
        for part in clause.parts:
            while waiting and part.line is not None and waiting[0].line < part.line:
                parts.append(waiting.pop(0))
            parts.append(part)
        clause.parts = parts
        before = clause
    (before.parts if before else loose).extend(waiting)
    return loose


def _outline(clauses: list[Clause]) -> list[OutlineEntry]:
    """The headings of chapters and sections, with the bare articles under each.

    A law without chapters shows its articles; the points of an article, and anything deeper than three
    levels, stay out.
    """
    entries: list[OutlineEntry] = []
    bare: dict[int | None, list[Provision]] = defaultdict(list)
    for clause in clauses:
        provision = clause.provision
        if clause.is_tail or clause.level is None:
            continue
        if provision.type == Type.ARTICLE and not provision.heading and provision.parent_id:
            bare[provision.parent_id].append(provision)
        elif clause.level <= 4 and provision.type != Type.SUBITEM:
            entries.append(OutlineEntry(provision, clause.level))
    for entry in entries:
        entry.articles = bare.get(entry.provision.pk, [])
    return entries


def _cited_documents(references: list[Reference]) -> list[Reference]:
    """The other documents that the policy cites, each once."""
    cited: dict[str, Reference] = {}
    for reference in references:
        if reference.title:
            cited.setdefault(reference.title, reference)
    return list(cited.values())
