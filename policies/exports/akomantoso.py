"""A policy as Akoma Ntoso 3.0 (OASIS LegalDocML): its FRBR metadata and its clauses under their own eids."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from lxml import etree
from lxml.builder import ElementMaker

from policies.exports.feeds import UNPRINTABLE
from policies.exports.printed import Branch, Part, caption, grid, head_of, tree
from policies.models import Policy, Provision, Table
from policies.selectors.citations import citations_of
from policies.selectors.reading import Inset, Paragraph, Reading, read_policy

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
LANGUAGE = "zho"
Type = Provision.Type
E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
Element = etree._Element
# Akoma Ntoso's element for a type; the others are containers that say their type as their name.
ELEMENTS = {
    Type.PART: "part",
    Type.CHAPTER: "chapter",
    Type.SECTION: "section",
    Type.ARTICLE: "article",
    Type.SUBSECTION: "subsection",
    Type.SUBITEM: "point",
    Type.PARAGRAPH: "paragraph",
}
BASE = "#base"  # who says what the metadata say


def akoma_ntoso(policy: Policy, user: Any, root: str) -> bytes:
    """The policy as one XML file, valid against the schema; `root` is the site's address.

    Rejected clauses are left out, and references that `user` may not follow lead nowhere.
    """
    return _Writer(policy, user, root).document()


class _Writer:
    def __init__(self, policy: Policy, user: Any, root: str):
        self.policy, self.root = policy, root
        self.reading: Reading = read_policy(policy, user)
        self.cited = {row.cited_address for row in citations_of(policy, user)} - {""}
        self.uri = f"/akn/cn/{self._kind()}/{self._day().isoformat()}/{policy.slug}"

    def document(self) -> bytes:
        body = tree(self.reading)
        attachments: list[Branch] = []
        while body and body[-1].head.provision.type == Type.ATTACHMENT:
            attachments.insert(0, body.pop())
        parts = [self._meta(self.uri), E.preface(E.p(E.docTitle(_text(self.policy.title))))]
        if body and _is(body[0], Type.PREAMBLE):
            parts.append(self._whole("preamble", body.pop(0)))
        conclusions = [self._whole("conclusions", body.pop())] if len(body) > 1 and _is(body[-1], Type.CLOSING) else []
        law = self._kind() == "act"
        parts.append(self._body("body" if law else "mainBody", body))
        parts += conclusions
        if attachments:
            parts.append(E.attachments(*(self._attachment(branch) for branch in attachments)))
        made = E.act(*parts, name=self.policy.kind) if law else E.doc(*parts, name=self.policy.kind)
        return etree.tostring(E.akomaNtoso(made), xml_declaration=True, encoding="UTF-8")

    def _kind(self) -> str:
        return "act" if self.policy.kind == Policy.Kind.LAW else "doc"

    def _day(self) -> date:
        """The day of the work, as far as it is known."""
        return self.policy.day or self.policy.created_at.date()

    def _body(self, name: str, branches: Sequence[Branch]) -> Element:
        body = E(name)
        loose = [block for inset in self.reading.loose for block in self._blocks([inset])]
        if loose:
            body.append(E.hcontainer(E.content(*loose), name="body"))
        body.extend(self._hierarchy(branch) for branch in branches)
        if not len(body):
            body.append(E.hcontainer(E.content(E.p()), name="body"))
        return body

    def _whole(self, name: str, branch: Branch) -> Element:
        """A clause without a head as an element of the document's own structure."""
        return E(name, *self._blocks(branch.head.parts), eId=branch.head.provision.eid)

    def _hierarchy(self, branch: Branch) -> Element:
        row = branch.head.provision
        name = ELEMENTS.get(Type(row.type))
        made = E(name, eId=row.eid) if name else E.hcontainer(eId=row.eid, name=row.type)
        made.extend(self._head(branch))
        if not branch.children:
            made.append(E.content(*(self._blocks([*branch.head.parts, *branch.tail], row) or [E.p()])))
            return made
        if branch.head.parts:
            made.append(E.intro(*self._blocks(branch.head.parts, row)))
        made.extend(self._hierarchy(child) for child in branch.children)
        if branch.tail:
            made.append(E.wrapUp(*self._blocks(branch.tail, row)))
        return made

    def _head(self, branch: Branch) -> list[Element]:
        number = head_of(branch).number.removesuffix("：")
        heading = branch.head.provision.heading
        found = [E.num(_text(number))] if number else []
        return [*found, E.heading(_text(heading))] if heading else found

    def _attachment(self, branch: Branch) -> Element:
        """An attachment is a document of its own, with its address after the policy's."""
        eid = branch.head.provision.eid
        main = E.mainBody(*self._blocks(branch.head.parts))
        main.extend(self._hierarchy(child) for child in branch.children)
        main.extend(self._blocks(branch.tail))
        if not len(main):
            main.append(E.p())
        document = E.doc(self._meta(self.uri, eid), main, name=Type.ATTACHMENT.value)
        return E.attachment(*self._head(branch), document, eId=eid)

    def _blocks(self, parts: Iterable[Part], row: Provision | None = None) -> list[Element]:
        """Paragraphs, tables and captions; the paragraphs of an article have addresses."""
        made = []
        for part in parts:
            if isinstance(part, Inset):
                made.append(_table(part.row) if isinstance(part.row, Table) else E.p(_text(caption(part.row))))
                continue
            paragraph = self._paragraph(part)
            if row and row.type == Type.ARTICLE:
                paragraph.set("eId", f"{row.eid}__para_{part.number}")
            made.append(paragraph)
        return made

    def _paragraph(self, part: Paragraph) -> Element:
        pieces: list[Any] = []
        at = 0
        for link in part.links:
            if link.address not in self.cited:
                continue
            address = link.address if link.address.startswith("#") else f"{self.root}{link.address}"
            pieces += [_text(part.text[at : link.start]), E.ref(_text(part.text[link.start : link.end]), href=address)]
            at = link.end
        return E.p(*pieces, _text(part.text[at:]))

    def _meta(self, uri: str, component: str = "main") -> Element:
        policy, day = self.policy, self._day().isoformat()
        changed = policy.updated_at.date().isoformat()
        issuers = [(f"agency-{row.agency_id}", row.agency) for row in policy.issuers.all()]
        authors = [E.FRBRauthor(href=f"#{key}", **{"as": "#author"}) for key, _ in issuers] or [E.FRBRauthor(href=BASE)]
        work = E.FRBRWork(
            E.FRBRthis(value=f"{uri}/!{component}"),
            E.FRBRuri(value=uri),
            E.FRBRalias(value=_text(policy.title), name="title"),
            E.FRBRalias(value=f"{self.root}{policy.get_absolute_url()}", name="page"),
            E.FRBRdate(date=day, name="issued" if policy.issued_on else "dated"),
            *authors,
            E.FRBRcountry(value="cn"),
            E.FRBRsubtype(value=policy.kind),
            *([E.FRBRnumber(value=_text(policy.doc_number))] if policy.doc_number else []),
            E.FRBRname(value=_text(policy.title)),
        )
        editor = E.FRBRauthor(href=BASE, **{"as": "#editor"})
        dated = E.FRBRdate(date=changed, name="edited")
        version = f"{uri}/{LANGUAGE}@{changed}"
        expression = E.FRBRExpression(
            E.FRBRthis(value=f"{version}/!{component}"), E.FRBRuri(value=version), dated, editor,
            E.FRBRlanguage(language=LANGUAGE),
        )  # fmt: skip
        manifestation = E.FRBRManifestation(
            E.FRBRthis(value=f"{version}/!{component}.xml"), E.FRBRuri(value=f"{version}.akn"),
            E.FRBRdate(date=changed, name="edited"), E.FRBRauthor(href=BASE, **{"as": "#editor"}),
        )  # fmt: skip
        meta = E.meta(E.identification(work, expression, manifestation, source=BASE))
        if policy.issue and policy.issue.published_on:
            printed = {"date": policy.issue.published_on.isoformat(), "number": str(policy.issue.number)}
            meta.append(E.publication(name="大数据发展动态", showAs="《大数据发展动态》", **printed))
        meta.append(self._references(issuers))
        return meta

    def _references(self, issuers: Sequence[tuple[str, Any]]) -> Element:
        """Who is meant by the #names of the metadata."""
        return E.references(
            *(
                E.TLCOrganization(eId=key, href=f"{self.root}{agency.get_absolute_url()}", showAs=_text(agency.name))
                for key, agency in issuers
            ),
            E.TLCOrganization(eId=BASE[1:], href=f"{self.root}{reverse('policies:home')}", showAs="政策知识库"),
            E.TLCRole(eId="author", href="/akn/ontology/role/author", showAs="发布机关"),
            E.TLCRole(eId="editor", href="/akn/ontology/role/editor", showAs="编辑"),
            source=BASE,
        )


def _is(branch: Branch, kind: str) -> bool:
    """Whether a clause is of that type, without a heading or anything below it."""
    row = branch.head.provision
    return row.type == kind and not branch.children and not branch.tail and not row.heading and bool(branch.head.parts)


def _table(table: Table) -> Element:
    told = caption(table)
    made = E.table(*([E.caption(_text(told))] if told else []))
    for number, row in enumerate(grid(table)):
        cell = E.th if table.header and not number else E.td
        made.append(E.tr(*(cell(E.p(_text(words))) for words in row)))
    return made


def _text(words: str) -> str:
    return UNPRINTABLE.sub("", words)
