"""The index follows the database."""

import gc
import shutil
import threading
import time
import weakref
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.models import Agency, Change, Policy, Provision, Review, State
from search import indexing
from search.engines import ENGINES
from search.engines.base import IndexMissingError, Request
from search.engines.whoosh import WhooshEngine
from search.entries import entries
from search.tree import Contains
from tests.search.builders import found, policy, provision, region, responsible

pytestmark = pytest.mark.django_db


def clauses(text: str) -> set[int]:
    return found(indexing.current(), text)


def held(engine: str = "whoosh") -> indexing.Held:
    return next(index for index in indexing.status().indexes if index.engine == engine)


def eids(text: str) -> list[str]:
    return sorted(Provision.objects.filter(pk__in=clauses(text)).values_list("eid", flat=True))


def test_takes_in_what_changed():
    indexing.rebuild()
    made = policy("驿站规划", "建设驿站。", "管理驿站。")
    assert clauses("驿站") == set()
    assert indexing.update() == 1
    assert eids("驿站") == ["art_1", "art_2"]
    assert Change.objects.count() == 0

    made.provisions.filter(eid="art_1").update(text="建设客舍。")
    Change.objects.note([made.pk, made.pk])
    assert indexing.update() == 2
    assert (eids("驿站"), eids("客舍")) == (["art_2"], ["art_1"])

    pk = made.pk
    made.delete()
    Change.objects.note([pk])
    indexing.update()
    assert clauses("驿站") == set()
    assert indexing.check().same


def test_takes_in_the_oldest_first_by_the_batch():
    indexing.rebuild()
    for number in range(5):
        policy(f"驿站{number}", f"驿站{number}。")
    assert [indexing.update(batch=2) for _ in range(4)] == [2, 2, 1, 0]
    assert indexing.check().same


def test_notes_stay_until_the_index_is_committed(monkeypatch):
    """A fault between writing and committing loses nothing; doing it again changes nothing."""
    indexing.rebuild()
    policy("驿站规划", "建设驿站。")

    def fail(ids):
        yield from entries(ids)
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(indexing, "entries", fail)
        with pytest.raises(OSError, match="disk full"):
            indexing.update()
    assert clauses("驿站") == set()
    assert Change.objects.count() == 1
    indexing.update()
    again = Policy.objects.get()
    Change.objects.note([again.pk])
    indexing.update()
    assert eids("驿站") == ["art_1"]


def test_a_clause_has_words_that_nobody_rejected():
    made = policy("驿站规划", "", "正文", "否决的驿站")
    made.provisions.filter(eid="art_1").update(heading="驿站名录", tail="附则驿站")
    made.provisions.filter(eid="art_3").update(review=Review.REJECTED)
    provision(made, 9, "")
    indexing.rebuild()
    assert eids("驿站") == ["art_1"]
    assert eids("名录附则") == ["art_1"]
    assert indexing.status().clauses == held().clauses == 2


def test_facets_of_an_entry():
    nation = region("100000", "中华人民共和国", "national")
    province = region("330000", "浙江省", parent=nation)
    city = region("330100", "杭州市", "city", parent=province)
    bureau, office = Agency.objects.create(name="甲局"), Agency.objects.create(name="乙办")
    made = policy("驿站规划", "甲", "乙", region=city, level="city", issuers=[bureau], column="地方新政")
    responsible(made.provisions.get(eid="art_2"), office, bureau)
    policy("全国驿站", "丙", level="national")
    first, second, third = entries(Policy.objects.values_list("pk", flat=True))
    assert first.policy.values == {
        "policy": (str(made.pk),), "state": ("published",), "kind": ("plan",), "level": ("city",),
        "region": ("330100", "330000"), "year": ("2033",), "column": ("地方新政",), "issue": (),
    }  # fmt: skip
    assert first.agencies == (str(bureau.pk),)
    assert second.agencies == tuple(str(pk) for pk in sorted((bureau.pk, office.pk)))
    assert third.policy.values["region"] == ("100000",)


def test_a_rejected_responsibility_names_nobody():
    bureau = Agency.objects.create(name="甲局")
    made = policy("驿站规划", "甲")
    note = responsible(made.provisions.get(), bureau)
    note.review = Review.REJECTED
    note.save()
    assert [entry.agencies for entry in entries([made.pk])] == [()]


def test_entries_take_the_same_queries_for_any_number_of_policies():
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            list(entries(Policy.objects.values_list("pk", flat=True)))
        return len(captured)

    policy("甲", "一", "二", issuers=[Agency.objects.create(name="甲局")])
    few = queries()
    for number in range(6):
        policy(f"乙{number}", "一", "二", issuers=[Agency.objects.create(name=f"乙局{number}")])
    assert queries() == few


def test_a_rebuild_holds_everything_and_leaves_one_index(index_folder: Path):
    for number in range(3):
        policy(f"驿站{number}", "建设驿站。")
        assert indexing.rebuild() == number + 1
    assert Change.objects.count() == 0
    assert indexing.check().same
    home = index_folder / f"{WhooshEngine.name}-{WhooshEngine.version}"
    assert sorted(path.name for path in home.iterdir()) == sorted(["current", (home / "current").readlink().name])


def test_a_rebuild_that_fails_changes_nothing(monkeypatch):
    policy("驿站规划", "建设驿站。")
    indexing.rebuild()
    policy("客舍规划", "建设客舍。")

    def fail(ids):
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(indexing, "entries", fail)
        with pytest.raises(OSError, match="disk full"):
            indexing.rebuild()
    assert (len(clauses("驿站")), len(clauses("客舍"))) == (1, 0)
    assert Change.objects.count() == 1
    indexing.rebuild()
    assert (len(clauses("驿站")), len(clauses("客舍"))) == (1, 1)


def test_a_change_during_a_rebuild_is_not_lost(monkeypatch):
    made = policy("驿站规划", "建设驿站。")

    def meanwhile(ids):
        yield from entries(ids)
        Provision.objects.filter(policy=made).update(text="建设客舍。")
        Change.objects.note([made.pk])

    with monkeypatch.context() as busy:
        busy.setattr(indexing, "entries", meanwhile)
        indexing.rebuild()
    assert Change.objects.count() == 1
    indexing.update()
    assert eids("客舍") == ["art_1"]
    assert indexing.check().same


def test_searches_go_on_in_the_old_index_during_a_rebuild(monkeypatch):
    policy("驿站规划", "建设驿站。")
    indexing.rebuild()
    seen = []

    def meanwhile(ids):
        seen.append(clauses("驿站"))
        yield from entries(ids)

    with monkeypatch.context() as busy:
        busy.setattr(indexing, "entries", meanwhile)
        indexing.rebuild()
    assert seen == [clauses("驿站")]
    assert len(seen[0]) == 1


def test_one_writes_at_a_time(index_folder: Path):
    indexing.rebuild()
    order = []

    def wait_for_turn() -> None:
        with indexing._turn():
            order.append("second")

    with indexing._turn():
        other = threading.Thread(target=wait_for_turn)
        other.start()
        time.sleep(0.1)
        order.append("first")
    other.join(timeout=10)
    assert order == ["first", "second"]


def test_check_tells_what_differs():
    kept, gone, changed = (policy(title, f"{title}驿站。") for title in ("甲", "乙", "丙"))
    indexing.rebuild()
    pk = gone.pk
    gone.delete()
    changed.provisions.update(text="改写。")
    added = policy("丁", "新增。", "又新增。")
    waiting = indexing.check()
    assert (waiting.missing, waiting.surplus, waiting.different) == (0, 1, 1)  # 丁 stands in the outbox
    Change.objects.all().delete()
    found = indexing.check()
    assert (found.missing, found.surplus, found.different) == (2, 1, 1)
    assert found.policies == sorted([pk, changed.pk, added.pk])
    assert kept.pk not in found.policies
    assert not found.same
    kept_state = indexing.rebuild()
    assert indexing.check().same
    assert kept_state == 4


def test_publishing_is_seen_by_check():
    made = policy("甲", "驿站。", state=State.DRAFT)
    indexing.rebuild()
    Policy.objects.filter(pk=made.pk).update(state=State.PUBLISHED)
    assert indexing.check().different == 1


def test_without_an_index(index_folder: Path):
    policy("甲", "驿站。")
    with pytest.raises(IndexMissingError):
        indexing.current()
    with pytest.raises(IndexMissingError):
        indexing.update()
    assert Change.objects.count() == 1
    status = indexing.status()
    assert (held().clauses, held().built, status.clauses, status.waiting) == (None, None, 1, 1)
    indexing.rebuild()
    shutil.rmtree(index_folder)
    with pytest.raises(IndexMissingError):
        indexing.check()


def test_status_tells_how_long_changes_wait():
    indexing.rebuild()
    assert indexing.status().lag == 0
    policy("甲", "驿站。")
    status = indexing.status()
    assert (status.waiting, held().clauses) == (1, 0)
    assert status.lag > 0


def test_warming_needs_no_index():
    indexing.warm()
    indexing.rebuild()
    indexing.warm()


def test_an_index_that_a_search_could_not_read_is_rebuilt():
    policy("甲", "驿站。")
    indexing.rebuild()
    file = max(indexing.current().folder.glob("*.seg"), key=lambda file: file.stat().st_size)
    file.write_bytes(bytes(file.stat().st_size))
    indexing._opened.clear()
    with pytest.raises(IndexMissingError):
        indexing.find(Request(Contains("驿站")))
    with pytest.raises(IndexMissingError):
        indexing.update()
    indexing.rebuild()
    assert indexing.update() == 0
    assert len(clauses("驿站")) == 1


def test_a_missing_index_is_told_though_nothing_waits():
    indexing.rebuild()
    assert indexing.update() == 0
    shutil.rmtree(indexing.current().folder)
    with pytest.raises(IndexMissingError):
        indexing.update()


def test_what_a_rebuild_leaves_half_made_goes(monkeypatch, index_folder: Path):
    """Killed, it leaves a folder for the next one to delete; failing, it deletes its own: the disk may be full."""
    indexing.rebuild()
    home = indexing.current().folder.parent
    (home / "20300101-000000-000000").mkdir()
    policy("甲", "驿站。")

    def fail(ids):
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(indexing, "entries", fail)
        with pytest.raises(OSError, match="disk full"):
            indexing.rebuild()
    assert sorted(path.name for path in home.iterdir()) == sorted(["current", (home / "current").readlink().name])


def test_both_indexes_follow_and_one_that_is_damaged_goes():
    for engine in ENGINES:
        indexing.rebuild(engine=engine)
    made = policy("甲", "驿站。")
    indexing.update()
    assert all(indexing.check(engine).same and held(engine).clauses == 1 for engine in ENGINES)
    for file in indexing.current("tantivy").folder.glob("*.idx"):
        file.write_bytes(b"damaged")
    indexing._opened.clear()
    Change.objects.note([made.pk])
    assert indexing.update() == 1
    assert held("tantivy").clauses is None
    assert indexing.check().same


@pytest.mark.parametrize("engine", ENGINES)
def test_check_goes_on_beside_the_indexer(engine: str, monkeypatch):
    """What the indexer takes in between the two readings is no difference; it is not kept waiting either."""
    made = policy("甲", "驿站。")
    indexing.rebuild()
    indexing.rebuild(engine=engine)

    def meanwhile(ids):
        monkeypatch.setattr(indexing, "entries", entries)
        made.provisions.update(text="客舍。")
        Change.objects.note([made.pk])
        indexing.update()
        yield from entries(ids)

    monkeypatch.setattr(indexing, "entries", meanwhile)
    assert indexing.check(engine).same


def test_an_index_that_was_replaced_is_let_go():
    policy("甲", "驿站。")
    indexing.rebuild()
    old = weakref.ref(indexing.current())
    indexing.rebuild()
    indexing.current()
    gc.collect()
    assert old() is None
