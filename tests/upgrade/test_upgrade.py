"""Today's program takes over a base that 0.1.0 left, and goes on with it."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from config.backup.taking import rows
from config.setup import prepare_database
from ingest import actions, runs, tasks
from ingest.models import Run
from policies.actions.publish import publish
from policies.models import (
    Action,
    Agency,
    Issue,
    Obligation,
    Observation,
    Policy,
    Provision,
    PublicChange,
    Reference,
    Responsibility,
    Review,
    Target,
)
from search import indexing
from tests.upgrade.earlier import FACTS, own_database

REVIEWED = (Provision, Target, Responsibility, Obligation, Reference, Observation)
PUBLISHED = [slug for slug, (_, state, _) in FACTS["policies"].items() if state == "published"]
NOTES = FACTS["notes"]


# Tables with their columns in order, constraints, indexes, triggers, functions: what pg_dump would tell of them.
# A constraint without casts, which restoring writes otherwise.
SCHEMA = r"""
SELECT c.relname, concat(c.relkind, c.relpersistence), row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum),
       concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
                 pg_get_expr(d.adbin, d.adrelid))
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'S')
UNION ALL SELECT conname, 'constraint', 0,
                 regexp_replace(pg_get_constraintdef(oid, true), '::(text|character varying)(\[])?', '', 'g')
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indexname, 'index', 0, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT tgname, 'trigger', 0, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT proname, 'function', 0, pg_get_functiondef(oid) FROM pg_proc
           WHERE pronamespace = 'public'::regnamespace
ORDER BY 2, 1, 3, 4
"""


@pytest.fixture(scope="module")
def new_schema(django_db_blocker):
    with django_db_blocker.unblock(), own_database("new", dump=None):
        call_command("migrate", verbosity=0)
        return schema()


@pytest.fixture(scope="module")
def facts(django_db_blocker):
    """What the base holds once its tables are today's; it then gets the gazetteer and the roles of today."""
    with django_db_blocker.unblock(), own_database("upgraded"):
        call_command("migrate", verbosity=0)
        found = held()
        prepare_database()
        yield found


def schema():
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA)
        return cursor.fetchall()


@pytest.fixture(autouse=True)
def _taken_back(facts, settings, tmp_path):
    """What a test changes is gone after it."""
    settings.INDEX_FOLDER = tmp_path
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def chief(client):
    account = User.objects.get(username="主编丁")
    client.force_login(account)
    return account


def held():
    return {
        "issues": {str(issue): issue.state for issue in Issue.objects.all()},
        "policies": {p.slug: [p.title, p.state, p.provisions.standing().count()] for p in Policy.objects.all()},
        "reviews": {model._meta.label: reviews(model) for model in REVIEWED},
        "actions": [
            [action.verb, action.summary, action.user and action.user.username]
            for action in Action.objects.order_by("at").select_related("user")
        ],
        "accounts": {
            user.username: [user.is_active, [group.name for group in user.groups.all()]] for user in User.objects.all()
        },
        "runs": [[r.filename, r.state, r.outcome, len(r.content)] for r in Run.objects.order_by("created_at")],
        "feed": PublicChange.objects.latest("pk").pk,
        "eids": list(law().provisions.standing().order_by("position").values_list("eid", flat=True)),
        "rows": rows(),
    }


def reviews(model):
    return {value: count for value in Review.values if (count := model.objects.filter(review=value).count())}


def law():
    return Policy.objects.get(slug=NOTES["law"])


def action(verb, words=""):
    return Action.objects.filter(verb=verb, summary__contains=words).latest("at")


@pytest.mark.parametrize("what", sorted(FACTS.keys() - {"rows", "notes"}))
def test_what_was_there_is_there(facts, what):
    assert facts[what] == FACTS[what]


def test_every_table_has_its_rows(facts):
    assert {name: facts["rows"].get(name) for name in FACTS["rows"]} == FACTS["rows"]


def test_its_tables_are_those_of_a_new_base(new_schema):
    """A new base comes by other migrations, the squashed ones."""
    assert schema() == new_schema
    call_command("migrate", check=True, verbosity=0)
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("slug", PUBLISHED)
def test_addresses_answer(client, slug):
    page = client.get(reverse("policies:policy", args=[slug]))
    assert page.status_code == 200
    assert FACTS["policies"][slug][0] in page.content.decode()


def test_clauses_keep_their_addresses(client):
    page = client.get(reverse("policies:policy", args=[NOTES["law"]])).content.decode()
    assert all(f'id="{eid}"' in page for eid in NOTES["split"])


def test_what_was_withdrawn_stays_so(client):
    assert client.get("/policies/2030-白水市数字书屋管理办法/").status_code in (404, 410)


def test_a_merged_agency_leads_to_the_other(client):
    loser, winner = (Agency.objects.get(name=name) for name in NOTES["agencies"])
    page = client.get(f"/agencies/{loser.pk}/", follow=True)
    assert page.redirect_chain[-1][0] == f"/agencies/{winner.pk}/"


def test_keys_and_passwords_still_open(client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    answer = client.get("/api/v1/policies/", headers={"Authorization": f"Bearer {NOTES['api_key']}"})
    assert answer.json()["count"] == len(PUBLISHED)
    client.post(reverse("login"), {"username": "编辑丙", "password": NOTES["password"]})
    assert client.get(reverse("desk:home")).status_code == 200


@pytest.mark.parametrize("step", Action.Verb.values)
def test_every_action_has_its_page(client, chief, step):
    for done in Action.objects.filter(verb=step):
        assert client.get(done.get_absolute_url()).status_code == 200


def test_what_was_done_can_be_undone(client, chief):
    for verb in ("merge", "reject", "withdraw", "correct"):
        client.post(reverse("desk:undo", args=[action(verb).pk]))
    assert Agency.objects.get(name=NOTES["agencies"][0]).merged_into is None
    assert not Obligation.objects.filter(review=Review.REJECTED).exists()
    assert Policy.objects.get(slug="2030-白水市数字书屋管理办法").state == "published"
    assert Policy.objects.get(slug="国家-2031-社区服务机器人通用规则").editor_note != "编辑写的话。"


def test_the_waiting_version_can_be_accepted_and_decisions_outlast_it(chief, monkeypatch):
    monkeypatch.setattr(runs, "send", lambda run_id: None)
    run = Run.objects.get(state="waiting")
    assert actions.accept(run, user=chief)
    tasks.run_ingest(str(run.pk))
    run.refresh_from_db()
    assert (run.state, run.outcome) == ("done", "replaced"), run.message
    assert {model._meta.label: reviews(model) for model in REVIEWED if model is not Target} == {
        label: counts for label, counts in FACTS["reviews"].items() if label != Target._meta.label
    }
    decided = {name: count for name, count in FACTS["reviews"]["policies.Target"].items() if name != "machine"}
    assert reviews(Target).items() >= decided.items()


def test_the_index_of_it_is_the_database():
    clauses = indexing.rebuild()
    assert clauses == Provision.objects.clauses().count()
    assert indexing.check().same


def test_the_feed_goes_on_where_it_stood(client, chief):
    before = client.get("/api/v1/changes/", {"since": "now"}).json()["cursor"]
    assert before.startswith(f"{FACTS['feed']}-")
    publish(Issue.objects.get(year=2031, number=2), user=chief)
    told = client.get("/api/v1/changes/", {"since": before, "kind": "issues"}).json()
    assert [entry["operation"] for entry in told["results"]] == ["created"]


def test_new_rows_get_new_numbers():
    """The counters of the tables went on: nothing new takes the number of what is there."""
    with connection.cursor() as cursor:
        for model in (*REVIEWED, Policy, PublicChange):
            last = model.objects.latest("pk").pk
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
            assert cursor.fetchone()[0] > last
