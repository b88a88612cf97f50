"""What readers may not see leaves no trace: every answer is the same whether it is in the base or not.

A draft, a withdrawn issue and rejected records lie in the base while each public address is asked, by a stranger and
with a reader's key; then they are taken out, and the same is asked again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import pytest
from django.test import Client

from policies.actions.manage_accounts import make_account
from policies.actions.manage_keys import make_key
from policies.actions.reject import reject
from policies.actions.withdraw import withdraw
from policies.agents import reading, searching
from policies.agents.presence import NoAnswerError
from policies.models import (
    Agency,
    ApiKey,
    Issue,
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Responsibility,
    ResponsibleAgency,
    State,
    Table,
    Target,
    Topic,
)
from policies.roles import Role, set_up_roles
from search import indexing
from tests.config.test_urls import ADDRESSES, ALL, filled, rule_of
from tests.policies.conftest import provision

WORDS = {"draft": "夜光藻", "withdrawn": "石斛兰", "rejected": "锦鸡儿"}  # in every text of its kind, and nowhere else
RECORDS = (Provision, Target, Responsibility, Obligation, Observation, Reference, Table)
OF_MACHINES = ("live", "ready", "metrics", "login", "api:try*", "api:schema", "admin:*")  # which hold no records
QUESTIONS = {  # beside the bare address; {word}, {policy}, {slug}, {issue}, {agency} and {year} are of what is hidden
    "search:*": ("q={word}", "q=算力&agency={agency}", "q=算力 OR {word}", "q=标题:{word}"),
    "api:search": ("q={word}", "q=算力 OR {word}", "q=算力", "q=算力&policy={slug}", "q={word}&scope=policy"),
    "api:suggestions": ("q={word}",),
    "api:issue-list": ("expand=contents,policies", "state={state}", "year={year}", "ordering=updated_at"),
    "api:policy-list": (
        "expand=provisions,targets,responsibilities,obligations,references,tables,observations,editions",
        *("title={word}", "issue={issue}", "issue={year}-8", "issuer={agency}", "state={state}", "topic={topic}"),
    ),
    "api:provision-list": ("policy={policy}", "policy={slug}", "topic={topic}", "expand=targets,responsibilities"),
    "api:target-list": ("indicator={word}", "policy={policy}", "expand=policy,provision", "ordering=-value"),
    "api:responsibility-list": ("agency={agency}", "policy={slug}"),
    "api:obligation-list": ("subject={word}",),
    "api:reference-list": ("title={word}", "cited_policy={policy}"),
    "api:agency-list": ("name={word}", "expand=predecessors,successors"),
    "api:statistics": ("by=province", "by=topic", "by=agency", "by=column", "by=year", "issue={issue}"),
    "api:export": ("policy={policy}",),
    "api:changes": ("expand=record",),
    "policies:policies": ("q={word}", "issue={year}-8", "topic={topic}"),
    "policies:agencies": ("q={word}",),
    "policies:targets": ("q={word}",),
    "policies:compare_targets": ("indicator={word}", "indicator=智算"),
    "policies:compare_policies": ("policy={slug}", "policy={slug}&policy={public}"),
    "policies:cite": ("clause=sec_1", "clause=sec_1&format=ris"),
}
CHANGING = re.compile(  # a form's token, when an empty feed was made, a hit's score, which weighs words by their number
    r'name="csrfmiddlewaretoken" value="[^"]*"|<updated>[^<]*</updated>|"score": ?[\d.]+'
)
LIST = re.compile(r"/api/v1/[\w-]+/")


@dataclass
class Hidden:
    """What no reader may see: a policy with an issue and records of its own, or records alone."""

    word: str
    policy: Policy
    issue: Issue
    agency: Agency
    records: list[Any]

    def places(self) -> dict[str, dict[str, Any]]:
        """What to put into the places of an address."""
        rows = {"api:issue": self.issue, "api:policy": self.policy, "api:agency": self.agency}
        rows |= {f"api:{type(row).__name__.lower()}": row for row in self.records}
        everywhere = {
            "slug": self.policy.slug, "key": self.policy.slug, "year": self.issue.year, "number": self.issue.number,
            "code": "510100", "ending": "csv", "kind": "targets", "section": "policies", "pk": self.agency.pk,
            "uidb64": "x", "token": "y",
        }  # fmt: skip
        return {
            "": everywhere,
            **{name: {"pk": row.pk} for name, row in rows.items()},
            "api:region": {"pk": "510100"},
            "policies:topic": {"slug": "algae"},
            "api:export_policy": {"ending": "xml"},
        }

    def asked(self, question: str, public: Policy) -> str:
        return question.format(
            word=self.word, policy=self.policy.pk, slug=self.policy.slug, issue=self.issue.pk, agency=self.agency.pk,
            year=self.issue.year, state=self.issue.state, topic="algae", public=public.slug,
        )  # fmt: skip


@pytest.fixture
def hidden(library) -> list[Hidden]:
    topic = Topic.objects.create(slug="algae", name="藻类", terms=["藻类"])
    draft, draft_agency = library.draft, agency(WORDS["draft"])
    Policy.objects.filter(pk=draft.pk).update(title=f"云岭市{WORDS['draft']}方案", column=WORDS["draft"])
    Issue.objects.filter(pk=library.draft_issue.pk).update(cover_title=WORDS["draft"], number=8)
    draft.topics.add(topic)
    gone = Issue.objects.create(
        year=2022, number=8, source=library.issue.source, cover_title=WORDS["withdrawn"], state=State.PUBLISHED
    )
    past = Policy.objects.create(
        issue=gone, source=gone.source, slug="云岭-2022-办法", order=1, title=f"云岭市{WORDS['withdrawn']}办法",
        kind="measures", level="city", region=library.city, start_line=12, end_line=21, state=State.PUBLISHED,
    )  # fmt: skip
    provision(past, "sec_1", "section", (13, 14), label="一", heading=WORDS["withdrawn"], text="另有内容。")
    gone_agency, no_agency = agency(WORDS["withdrawn"]), agency(WORDS["rejected"])
    refused = provision(library.plan, "sec_9", "section", (20, 20), label="九", text=WORDS["rejected"])
    found = [
        Hidden(WORDS["draft"], draft, library.draft_issue, draft_agency, records_in(draft, draft_agency)),
        Hidden(WORDS["withdrawn"], past, gone, gone_agency, records_in(past, gone_agency)),
        Hidden(WORDS["rejected"], library.plan, library.issue, no_agency, records_in(library.plan, no_agency, refused)),
    ]
    Reference.objects.create(
        policy=library.plan, provision=library.plan.provisions.get(eid="sec_1"), line=14, quote="到2025年", rule="test",
        title="不在库中的文件", cited_policy=draft,
    )  # fmt: skip
    withdraw(gone, user=None, note="有误")
    reject(found[-1].records, user=None)
    return found


def agency(word: str) -> Agency:
    return Agency.objects.create(name=f"{word}保护中心", known=False)


def records_in(policy: Policy, agency: Agency, clause: Provision | None = None) -> list[Any]:
    """One record of each kind, in the clause or the policy's first, with the agency's word in all their texts."""
    clause, word = clause or policy.provisions.earliest("position"), agency.name[:3]
    place = {"policy": policy, "provision": clause, "line": 14, "quote": word, "rule": "test"}
    Provision.objects.filter(pk=clause.pk).update(text=f"保护{word}和算力。")
    duty = Responsibility.objects.create(**place)
    ResponsibleAgency.objects.create(responsibility=duty, agency=agency, position=1, name=agency.name, role="lead")
    rows: list[Any] = [
        clause,
        Target.objects.create(**place, indicator=f"智算{word}", op="=", value=987, unit=word, year=2041),
        duty,
        Obligation.objects.create(**place, subject=word, modality="shall"),
        Observation.objects.create(**place, indicator=word, when="2041", value=986),
        Reference.objects.create(**place, title=word),
    ]
    if policy.state != State.PUBLISHED:  # tables are not rejected
        table = Table.objects.create(
            policy=policy, provision=clause, line=16, end_line=17, title=word, header=[word], rows=[[word]]
        )
        rows.append(table)
    return rows


def take_out(hidden: list[Hidden]) -> None:
    """As if they had never been loaded."""
    *alone, in_public = hidden
    for row in reversed(in_public.records):
        row.delete()
    Reference.objects.filter(cited_policy=alone[0].policy).update(cited_policy=None)
    for one in alone:
        one.policy.delete()
        one.issue.delete()
    for one in hidden:
        one.agency.delete()


def questions(hidden: list[Hidden], public: Policy) -> Iterator[str]:
    """Every public address, bare and with what is asked of it, for each of what is hidden."""
    for name, route in ADDRESSES:
        rule = rule_of(name)
        if rule is None or rule.read != ALL or rule.answer == 405:
            continue
        if any(fnmatchcase(name, pattern) for pattern in OF_MACHINES):
            continue
        asked = [words for pattern, all_of in QUESTIONS.items() if fnmatchcase(name, pattern) for words in all_of]
        for one in hidden:
            address = filled(route, name, one.places())
            yield address
            yield from (f"{address}?{one.asked(words, public)}" for words in asked)


def answers(addresses: list[str], key: dict[str, str]) -> dict[str, tuple[int, str]]:
    """Status and words of what is answered at each address, to a stranger; of the API's lists to the key too."""
    told = {}
    for address in addresses:
        told[address] = answer(address)
        if LIST.fullmatch(address):
            told[f"{address} with a key"] = answer(address, key)
    return told


def answer(address: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    told = Client().get(address, headers=headers)
    return told.status_code, CHANGING.sub("", b"".join(told).decode(errors="replace"))


def agents_hear(hidden: list[Hidden]) -> list[Any]:
    """What the tools of the Model Context Protocol answer when they are asked for what is hidden."""
    calls: list[tuple[Any, dict[str, Any]]] = [(reading.issues, {}), (reading.regions, {}), (reading.targets, {})]
    for one in hidden:
        calls += [
            (searching.search, {"query": one.word}),
            (searching.compare_regions, {"indicator": one.word}),
            (reading.policy, {"policy": one.policy.slug}),
            (reading.clause, {"policy": one.policy.slug, "eid": one.records[0].eid}),
            (reading.targets, {"indicator": one.word}),
            (reading.agencies, {"name": one.word}),
            (reading.regions, {"name": "云岭市"}),
            (reading.issues, {"issue": str(one.issue)}),
        ]
    heard = []
    for tool, arguments in calls:
        try:
            heard.append((tool.__name__, arguments, tool(**arguments)))
        except NoAnswerError as error:
            heard.append((tool.__name__, arguments, vars(error)))
    return heard


def test_what_is_hidden_leaves_no_trace(library, hidden, settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path / "index"
    indexing.rebuild()
    set_up_roles()
    account = make_account("小李", Role.EDITOR, user=None)
    key = {"Authorization": f"Bearer {make_key('周报', ApiKey.Scope.READ, user=account)[1]}"}
    for_editors = Client()
    for_editors.force_login(account)
    for one in hidden[:2]:
        assert for_editors.get("/api/v1/search/", {"q": one.word}).json()["total"] == 1
        assert for_editors.get("/api/v1/targets/", {"indicator": one.word}).json()["count"] == 1
    addresses = list(dict.fromkeys(questions(hidden, library.law)))

    there, heard = answers(addresses, key), agents_hear(hidden)
    take_out(hidden)
    indexing.rebuild()
    gone, heard_again = answers(addresses, key), agents_hear(hidden)

    assert [address for address in there if there[address] != gone[address]] == []
    assert heard == heard_again
    told = [(a, w) for a, (_, text) in there.items() for w in WORDS.values() if w in text and w not in a]
    assert told == []
    assert [address for address, (status, _) in there.items() if status >= 500] == []
