"""A mirror that reads nothing but the API stays equal to it, whatever editors and loads do meanwhile."""

import random
from contextlib import suppress
from threading import Event, Thread
from time import sleep

import pytest
from django.db import connection, transaction
from django.test import Client

from ingest.gazetteer import load_gazetteer
from ingest.loading import LoadingError, load
from ingest.records import AgencyMention, ReferenceRecord
from policies.actions.confirm import confirm
from policies.actions.correct import correct
from policies.actions.merge_agencies import merge
from policies.actions.name_agency import add_name
from policies.actions.publish import publish
from policies.actions.reject import reject
from policies.actions.split_provision import split
from policies.actions.undo import undo
from policies.actions.withdraw import withdraw
from policies.history import EditError, recording
from policies.models import Action, Agency, Issue, Policy, Provision, Reference, Responsibility, State, Target
from tests.ingest.builders import GAZETTEER, READING, law, notice, parsed, provision, responsibility, target

pytestmark = pytest.mark.django_db(transaction=True)

KINDS = [
    "issues", "policies", "provisions", "targets", "responsibilities", "obligations", "references", "tables",
    "observations", "agencies",
]  # fmt: skip
OF_POLICIES = KINDS[2:-1]
COUNTED = ("tasks", "issued_policies")  # which no entry tells


class Mirror:
    """Everything that readers may read, as the guide says to keep it."""

    def __init__(self):
        self.client = Client()
        self.next = self.get("/api/v1/changes/?since=now")["next"] + "&expand=record&page_size=20"
        self.records = {kind: {row["id"]: row for row in self.every(kind)} for kind in KINDS}

    def get(self, address):
        answer = self.client.get(address)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def every(self, kind):
        address = f"/api/v1/{kind}/?cursor=*&page_size=200"
        while address:
            page = self.get(address)
            yield from page["results"]
            address = page["next"]

    def follow(self):
        """Take in what changed, up to now; the entries."""
        entries, more = [], True
        while more:
            page = self.get(self.next)
            for entry in page["results"]:
                if entry["record"]:
                    self.records[entry["kind"]][entry["id"]] = entry["record"]
                else:
                    self.records[entry["kind"]].pop(entry["id"], None)
            entries += page["results"]
            self.next, more = page["next"], page["more"]
        return [(entry["operation"], entry["kind"], entry["id"]) for entry in entries]

    def whole(self):
        """The records with what they repeat of their policy as the policy itself has it, without counts."""
        policies = self.records["policies"]
        for kind in OF_POLICIES:
            for row in self.records[kind].values():
                own = policies[row["policy"]["id"]]
                row["policy"] = {name: own[name] for name in row["policy"]}
                row["updated_at"] = own["updated_at"]
        for row in self.records["agencies"].values():
            for name in COUNTED:
                row.pop(name, None)
        return self.records


def documents(number: int, version: int = 0):
    """An issue's law, which the plans of others cite, and its plan; versions differ in words, rows and documents."""
    name = f"浙江省第{number}驿站数据管理办法"
    own = law(
        title=name, doc_number=f"浙驿发〔2031〕{number}号", targets=[target(value=120 + version), target(line=14)]
    )
    cited = f"浙江省第{number % 3 + 1}驿站数据管理办法"
    clause = provision("一", "sec_1", 42, "驿站要建成。\n后面另起一段。", type="section", end_line=60)
    office = AgencyMention("驿站办", f"第{version % 2}驿站办公室", "lead")
    plan = notice(
        title=f"浙江省第{number}驿站规划", level="province", region="浙江省", region_code="330000", provisions=[clause],
        issuers=[f"第{number}驿站局"], responsibilities=[responsibility(44, office)],
        references=[
            ReferenceRecord("一", 43, f"《{cited}》第三条", cited, "第三条", rule="marks"),
            ReferenceRecord("一", 43, f"《{name}》", name, rule="marks"),
        ],
    )  # fmt: skip
    return [own] if version == 3 else [plan] if version == 4 else [own, plan]


def loaded(number: int, version: int = 0) -> Issue:
    file = parsed(*documents(number, version), number=number)
    sha256 = f"{number:032d}{version:032d}"
    load(file, READING, filename="x.txt", sha256=sha256, gazetteer=GAZETTEER, replace=version > 0)
    return Issue.objects.get(year=2031, number=number)


class Editors:
    """Somebody who does one thing after another, to records chosen at random."""

    def __init__(self, seed: int):
        self.dice = random.Random(seed)  # a test that can be done again

    def one_of(self, rows):
        return self.dice.choice(list(rows.order_by("pk")))

    def publish(self):
        publish(self.one_of(Issue.objects.all()), user=None)

    def withdraw(self):
        withdraw(self.one_of(Issue.objects.filter(state=State.PUBLISHED)), user=None, note="有误")

    def load_again(self):
        loaded(self.dice.choice([1, 2, 3]), self.dice.choice([1, 2, 3, 4]))

    def confirm(self):
        confirm([self.one_of(Responsibility.objects.all())], user=None)

    def reject(self):
        model = self.dice.choice([Target, Reference, Responsibility])
        reject([self.one_of(model.objects.standing())], user=None)

    def correct_target(self):
        correct(self.one_of(Target.objects.standing()), {"value": self.dice.randrange(1000)}, user=None)

    def correct_title(self):
        policy = self.one_of(Policy.objects.all())
        correct(
            policy, {"title": self.dice.choice([f"{policy.title}（试行）", "浙江省第1驿站数据管理办法"])}, user=None
        )

    def split(self):
        split(self.one_of(Provision.objects.exclude(text="").standing()), 3, user=None)

    def undo(self):
        undo(self.dice.choice(list(Action.objects.order_by("-at")[:4])), user=None)

    def merge(self):
        offices = Agency.objects.filter(name__contains="驿站", is_group=False, merged_into=None)
        merge(self.one_of(offices), self.one_of(offices), user=None)

    def add_name(self):
        add_name(self.one_of(Agency.objects.filter(name__contains="驿站")), f"驿{self.dice.randrange(99)}办", user=None)

    DEEDS = (
        publish, publish, publish, withdraw, load_again, load_again, confirm, reject, correct_target, correct_title,
        split, undo, undo, merge, add_name,
    )  # fmt: skip

    def work(self):
        """All deeds, in some order; what cannot be done as things are is left."""
        try:
            for deed in self.dice.sample(self.DEEDS, len(self.DEEDS)):
                with suppress(EditError, LoadingError, IndexError):
                    deed(self)
        finally:
            connection.close()


@pytest.fixture
def base():
    load_gazetteer()
    return [loaded(number) for number in (1, 2, 3)]


@pytest.fixture
def mirror(base):
    publish(base[0], user=None)
    return Mirror()


def is_equal(mirror: Mirror) -> bool:
    """Whether the mirror, following, has what one that begins now reads."""
    mirror.follow()
    mine, fresh = mirror.whole(), Mirror().whole()
    assert mine == fresh
    return bool(fresh["policies"])


def test_a_mirror_ends_equal_while_several_change_the_base(mirror):
    threads = [Thread(target=Editors(seed).work) for seed in range(3)]
    for thread in threads:
        thread.start()
    seen = []
    while any(thread.is_alive() for thread in threads):
        seen += mirror.follow()
    assert is_equal(mirror)
    assert {operation for operation, _, _ in seen} >= {"created", "updated"}


def test_a_mirror_is_told_what_follows_from_changes_elsewhere(base, mirror):
    first, second, _ = base
    publish(second, user=None)  # whose law the first one's plan cites
    assert is_equal(mirror)
    withdraw(second, user=None, note="有误")
    assert ("updated", "references", Reference.objects.get(title__contains="第2", policy__issue=first).pk) in (
        mirror.follow()
    )
    assert is_equal(mirror)
    publish(second, user=None)
    loaded(2, 4)  # without its law
    assert is_equal(mirror)
    loaded(2, 1)  # with it, and with an office that nobody knows
    assert is_equal(mirror)
    offices = Agency.objects.filter(name__contains="驿站办公室").order_by("pk")
    merge(offices[1], offices[0], user=None)
    assert ("removed", "agencies", offices[1].pk) in mirror.follow()
    correct(second.policies.get(kind="law"), {"title": "浙江省驿站总则"}, user=None)
    assert is_equal(mirror)
    withdraw(first, user=None, note="有误")  # and with it its bureau, whom nobody else names
    withdraw(second, user=None, note="有误")
    assert not is_equal(mirror)


def test_a_merger_of_agencies_reaches_a_mirror(base, mirror):
    for issue in base[1:]:
        publish(issue, user=None)
    mirror.follow()
    loser, winner = Agency.objects.get(name="第1驿站局"), Agency.objects.get(name="第2驿站局")
    (plan,) = loser.issued.values_list("policy", flat=True)
    merged = merge(loser, winner, user=None)
    assert merged is not None
    told = {("removed", "agencies", loser.pk), ("updated", "agencies", winner.pk), ("updated", "policies", plan)}
    assert told <= set(mirror.follow())
    assert mirror.records["policies"][plan]["issuers"] == ["第2驿站局"]
    assert is_equal(mirror)
    office = Agency.objects.get(name="第0驿站办公室")
    tasks = set(office.responsibilities.values_list("responsibility", flat=True))
    merge(office, winner, user=None)
    assert {("updated", "responsibilities", task) for task in tasks} <= set(mirror.follow())
    assert {mirror.records["responsibilities"][task]["agencies"][0]["id"] for task in tasks} == {winner.pk}
    assert is_equal(mirror)
    undo(merged, user=None)
    assert ("created", "agencies", loser.pk) in mirror.follow()
    assert is_equal(mirror)


def test_entries_are_in_the_order_of_the_commits(base, mirror):
    first, second, third = base
    target = Target.objects.filter(policy__issue=first)[0]
    began, told, waits = Event(), Event(), Event()

    def late():
        """Changes first, tells of it last, and commits later still."""
        try:
            with transaction.atomic():
                with recording(Action.Verb.CONFIRM, "", user=None):
                    Target.objects.filter(pk=target.pk).update(review="confirmed")
                    began.set()
                    assert told.wait(60)
                waits.set()
                assert eventually(somebody_waits_for_a_lock)
        finally:
            connection.close()

    def next_one():
        try:
            assert waits.wait(60)
            publish(third, user=None)
        finally:
            connection.close()

    threads = [Thread(target=late), Thread(target=next_one)]
    for thread in threads:
        thread.start()
    assert began.wait(60)
    publish(second, user=None)  # begins after the other's change, and ends before
    published = mirror.follow()
    assert ("created", "issues", second.pk) in published
    assert ("updated", "targets", target.pk) not in published
    told.set()
    assert waits.wait(60)
    for thread in threads:
        thread.join()
    seen = mirror.follow()
    assert seen.index(("updated", "targets", target.pk)) < seen.index(("created", "issues", third.pk))
    assert is_equal(mirror)


def eventually(holds) -> bool:
    for _ in range(3000):
        if holds():
            return True
        sleep(0.02)
    return False


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
        return cursor.fetchone()[0]
