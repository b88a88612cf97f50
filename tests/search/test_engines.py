"""What every engine must answer; a new one joins by standing in ENGINES."""

import random
import resource
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search.analysis import fold
from search.engines import ENGINES
from search.engines.base import Engine, IndexMissingError, Request, Scope, Sort
from search.tree import All, Contains, Field, In, Not
from tests.search.builders import CLAUSES, ask, entry, fill, found, new_engine


@pytest.fixture(params=ENGINES)
def engine(request, tmp_path: Path) -> Engine:
    """An engine with CLAUSES: clause n has the n-th of them; a policy has three."""
    made = new_engine(request.param, tmp_path)
    fill(made, [entry(n, text, policy=n // 3) for n, text in enumerate(CLAUSES)])
    return made


@pytest.fixture(params=ENGINES)
def empty(request, tmp_path: Path) -> Engine:
    return new_engine(request.param, tmp_path)


def scan(text: str) -> set[int]:
    return {n for n, clause in enumerate(CLAUSES) if fold(text) in fold(clause)}


def spans(texts: list[str], count: int, seed: int) -> Iterator[str]:
    """Random parts of the texts, of 1–12 characters, that begin and end anywhere."""
    dice = random.Random(seed)
    while count:
        text = dice.choice(texts)
        start = dice.randrange(len(text))
        span = text[start : start + dice.randint(1, 12)]
        if fold(span):
            count -= 1
            yield span


def test_finds_every_part_of_every_clause_and_nothing_else(engine: Engine):
    for length in (1, 2, 3, 5, 12):
        parts = {text[at : at + length] for text in CLAUSES for at in range(len(text))}
        for part in sorted(fold(part) for part in parts if fold(part)):
            hits = engine.search(Request(Contains(part), limit=100)).hits
            assert {hit.clause for hit in hits} == scan(part), part


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("经信", {2}),
        ("民政", {0, 1, 2}),
        ("5G基站", {3}),
        ("５Ｇ 基站", {3}),
        ("ipv6单栈", {3}),
        ("Pv", {3}),
        ("blue bay", {6}),
        ("bluebay", set()),
        ("数据安全", {4, 5, 7}),
        ("數據 安全", {4, 5, 7}),
        ("安全管理制度", {5}),
        ("“一网通办”改革", {4}),
        ("数据 共享 OR 公报", {4}),
        ("数据 -数据安全", {0, 10}),
        ("数据 NOT (安全 OR 的的)", {0}),
        ("的", {5, 8, 9, 10}),
        ("，", {0, 1, 2, 3, 5, 7, 8, 10}),
        ("35.5%", {3}),
        ("①", {3, 9}),
        ("<script>", {11}),
        ("驿站 OR -数据", {0, 1, 8, 11}),
        ("没有这样的话", set()),
        ("\U00020000", set()),
    ],
)
def test_answers(engine: Engine, text: str, clauses: set[int]):
    assert found(engine, text) == clauses
    assert ask(engine, text).total == len(clauses)


def test_pages_are_parts_of_one_order_with_the_exact_total(engine: Engine):
    whole = ask(engine, "，")
    pages = [ask(engine, "，", start=start, limit=3) for start in range(0, 12, 3)]
    assert [hit for page in pages for hit in page.hits] == whole.hits
    assert {page.total for page in pages} == {whole.total} == {8}


def test_a_word_comes_before_its_like_inside_another_word(engine: Engine):
    assert [hit.clause for hit in ask(engine, "民政").hits][-1] == 2


def test_what_holds_the_query_as_one_comes_first(engine: Engine):
    hits = ask(engine, "数据 安全").hits
    assert hits[0].clause in {4, 5, 7}
    fill(
        engine,
        [
            entry(90, "安全第一。数据要准。数据。安全。", policy=90),
            entry(91, "数据安全" + "，其他事项" * 30, policy=90),
        ],
    )
    hits = ask(engine, "数据 安全").hits
    assert [hit.clause for hit in hits][-1] == 90
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_newer_comes_first_where_nothing_else_decides(empty: Engine):
    fill(empty, [entry(n, "驿站名录", policy=n, day=day) for n, day in enumerate((3, 9, 5))])
    assert [hit.clause for hit in ask(empty, "驿站").hits] == [1, 2, 0]


def test_a_word_of_the_heading_or_the_title_weighs_more(empty: Engine):
    fill(
        empty,
        [
            entry(1, "驿站建设和养护", policy=1),
            entry(2, "驿站建设和养护", policy=2, title="驿站条例"),
            entry(3, "驿站建设和养护", policy=3, heading="驿站建设"),
        ],
    )
    assert [hit.clause for hit in ask(empty, "驿站").hits] == [3, 2, 1]


def test_a_heading_that_is_the_query_comes_first(empty: Engine):
    fill(
        empty,
        [
            entry(1, "驿站养护管理由各区负责", policy=1, heading="驿站养护管理", title="驿站养护办法"),
            entry(2, "驿站养护工作由各区负责", policy=2, heading="驿站养护"),
        ],
    )
    assert [hit.clause for hit in ask(empty, "驿站养护").hits] == [2, 1]
    assert [hit.clause for hit in ask(empty, "驿站养护 管理").hits] == [1]


def test_a_point_of_a_list_comes_after_what_stands_by_itself(empty: Engine):
    article = "运营者应当在驿站显著位置公布收费标准和投诉电话，并接受监督。"
    fill(empty, [entry(1, "驿站名录；", policy=1, point=True), entry(2, article, policy=1)])
    assert [hit.clause for hit in ask(empty, "驿站").hits] == [2, 1]


ORDERS = {Sort.DATE: [3, 1, 2, 5, 4], Sort.ISSUE: [5, 3, 1, 2, 4]}


@pytest.mark.parametrize(("sort", "order"), ORDERS.items())
def test_sorts_by_date_and_as_printed(empty: Engine, sort: Sort, order: list[int]):
    fill(
        empty,
        [
            entry(4, "驿站驿站驿站", policy=4, day=1),
            entry(2, "驿站", policy=1, day=7, printed=(50, 2)),
            entry(1, "驿站，驿站", policy=1, day=7, printed=(50, 2)),
            entry(5, "驿站", policy=2, day=6, printed=(60, 9)),
            entry(3, "驿站", policy=3, day=9, printed=(50, 1)),
        ],
    )
    assert [hit.clause for hit in ask(empty, "驿站", sort=sort).hits] == order
    assert [hit.clause for hit in ask(empty, "驿站", sort=sort, start=1, limit=3).hits] == order[1:4]


def test_pages_of_policies_hold_the_best_clauses_of_each(empty: Engine):
    clauses = [entry(n, "驿站" + "，其他" * (n % 10), policy=n // 10) for n in range(200)]
    fill(empty, [*clauses, entry(900, "无关", policy=90)])
    answer = ask(empty, "驿站", start=2, limit=3, each=2)
    assert (answer.total, answer.policies) == (200, 20)
    assert [(hit.policy, hit.clause) for hit in answer.hits] == [(2, 20), (2, 21), (3, 30), (3, 31), (4, 40), (4, 41)]
    assert answer.of_policy == {2: 10, 3: 10, 4: 10}
    past = ask(empty, "驿站", start=20, limit=3, each=2)
    assert (past.total, past.policies, past.hits, past.of_policy) == (200, 20, [], {})
    assert {hit.policy for hit in ask(empty, "驿站", limit=20, each=1).hits} == set(range(20))


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("驿站 灯塔", {1, 2}),
        ("驿站 -灯塔", {5}),
        ("驿站 OR 灯塔", {1, 2, 4, 5}),
        ("驿站 -(灯塔 码头)", {1, 5}),
        ("驿站 -没有", {1, 5}),
        ("没有 OR 灯塔", {2, 4}),
        ("驿站 没有", set()),
    ],
)
def test_a_whole_policy_may_hold_the_query(empty: Engine, text: str, clauses: set[int]):
    texts = {1: (1, "驿站"), 2: (1, "灯塔"), 3: (1, "渡口"), 4: (2, "灯塔和码头"), 5: (3, "驿站和渡口")}
    fill(empty, [entry(n, text, policy=policy) for n, (policy, text) in texts.items()])
    assert found(empty, text, scope=Scope.POLICY) == clauses
    assert ask(empty, text, scope=Scope.POLICY).policies == len({texts[n][0] for n in clauses})


def test_fields_in_the_tree_of_a_whole_policy(empty: Engine):
    fill(
        empty,
        [
            entry(1, "驿站", policy=1, agencies=(7,), kind="plan"),
            entry(2, "渡口", policy=1, agencies=(8,), kind="plan"),
            entry(3, "驿站", policy=2, agencies=(8,), kind="law"),
        ],
    )

    def clauses(tree) -> set[int]:
        return {hit.clause for hit in empty.search(Request(tree, scope=Scope.POLICY)).hits}

    assert clauses(All((Contains("驿站"), In("kind", ("plan",))))) == {1}
    assert clauses(All((In("agency", ("7",)), In("agency", ("8",))))) == {1, 2}
    assert clauses(In("kind", ("law",))) == {3}


def test_equals_in_every_engine_whatever_the_number_of_ties(empty: Engine):
    fill(empty, [entry(n, "驿站", policy=n, day=n % 7) for n in range(300)])
    order = sorted(range(300), key=lambda n: (-(n % 7), n))
    assert [hit.clause for hit in ask(empty, "驿站", start=60, limit=100).hits] == order[60:160]


def test_filters_and_counts(empty: Engine):
    fill(
        empty,
        [
            entry(1, "驿站甲", policy=1, agencies=(7,), region="330000", kind="plan"),
            entry(2, "驿站乙", policy=1, agencies=(7, 8), region="330000", kind="plan"),
            entry(3, "驿站丙", policy=2, region="370000", kind="law"),
            entry(4, "驿站丁", policy=3, region="370000", kind="plan", state="draft"),
            entry(5, "无关", policy=3, agencies=(7,), region="370000", kind="plan"),
        ],
    )
    count = ("region", "agency", "kind")
    assert ask(empty, "驿站", count=count).counts == {
        "region": {"330000": 2, "370000": 2}, "agency": {"7": 2, "8": 1}, "kind": {"plan": 3, "law": 1},
    }  # fmt: skip
    published = ask(empty, "驿站", count=count, filters={"state": ("published",), "region": ("370000",)})
    assert [hit.clause for hit in published.hits] == [3]
    assert published.counts == {"region": {"330000": 2, "370000": 1}, "agency": {}, "kind": {"law": 1}}
    assert found(empty, "驿站", filters={"region": ("330000", "370000"), "kind": ("plan",)}) == {1, 2, 4}
    office = ask(empty, "驿站", count=count, filters={"agency": ("8",)})
    assert [hit.clause for hit in office.hits] == [2]
    assert office.counts == {"region": {"330000": 1}, "agency": {"7": 2, "8": 1}, "kind": {"plan": 1}}
    assert found(empty, "驿站", filters={"agency": ("9",)}) == set()


def test_fields_in_a_tree(empty: Engine):
    fill(empty, [entry(1, "驿站", policy=1, kind="plan"), entry(2, "驿站", policy=2, kind="law")])
    plan = In("kind", ("plan", "news"))

    def clauses(tree) -> set[int]:
        return {hit.clause for hit in empty.search(Request(tree)).hits}

    assert clauses(plan) == {1}
    assert clauses(All((Contains("驿站"), Not(plan)))) == {2}
    assert clauses(All((Contains("驿站"), In("kind", ())))) == set()
    with pytest.raises(TypeError):
        clauses(All((Contains("驿站"), Field("kind", "规划", 0, 5))))


def test_a_policy_is_replaced_as_a_whole(engine: Engine):
    with engine.writer() as writer:
        writer.remove(0)
        writer.add(entry(0, "驿站改称客舍", policy=0))
        writer.remove(2)
    assert found(engine, "民政") == set()
    assert found(engine, "客舍") == {0}
    assert found(engine, "数据") == {4, 5, 10}
    assert sorted((policy, clause) for policy, clause, _ in engine.contents()) == [
        (0, 0), (1, 3), (1, 4), (1, 5), (3, 9), (3, 10), (3, 11),
    ]  # fmt: skip


def test_what_fails_while_it_is_written_is_dropped(engine: Engine):
    before = sorted(engine.contents())

    def half() -> None:
        with engine.writer() as writer:
            writer.remove(1)
            writer.add(entry(90, "驿站半成"))
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        half()
    assert sorted(engine.contents()) == before
    assert found(engine, "半成") == set()


def test_many_small_commits_stay_exact(empty: Engine):
    """Segments are merged on the way; every clause is rewritten some times, some are removed."""
    dice = random.Random(5)
    held: dict[int, str] = {}
    for _ in range(60):
        policy = dice.randrange(25)
        text = "".join(dice.choices("数据安全驿站管理，的", k=dice.randint(2, 40)))
        with empty.writer() as writer:
            writer.remove(policy)
            held.pop(policy, None)
            if dice.random() < 0.8:
                writer.add(entry(policy, text, policy=policy))
                held[policy] = text
    assert {clause for _, clause, _ in empty.contents()} == set(held)
    for span in spans(list(held.values()), 60, seed=6):
        assert found(empty, f'"{span}"') == {n for n, text in held.items() if fold(span) in fold(text)}, span


def test_another_process_sees_a_commit(engine: Engine):
    reader = type(engine)(engine.folder)
    assert found(reader, "客舍") == set()
    fill(engine, [entry(90, "客舍", policy=90)])
    assert found(reader, "客舍") == {90}


def test_a_fingerprint_tells_any_change(empty: Engine):
    first = entry(1, "驿站", kind="plan")
    fill(empty, [first])
    assert list(empty.contents()) == [(1, 1, first.fingerprint())]
    others = [
        entry(1, "驿亭", kind="plan"),
        entry(1, "驿站", kind="law"),
        entry(1, "驿站", kind="plan", agencies=(7,)),
        entry(1, "驿站", kind="plan", point=True),
    ]
    assert len({one.fingerprint() for one in [first, *others]}) == 5


def test_an_empty_index_finds_nothing(empty: Engine):
    assert found(empty, "驿站") == set()
    assert list(empty.contents()) == []


def test_no_index_is_said(tmp_path: Path):
    for number, kind in enumerate(ENGINES.values()):
        folder = tmp_path / str(number)
        with pytest.raises(IndexMissingError):
            kind(folder).search(Request(Contains("驿站")))
        folder.mkdir()
        with pytest.raises(IndexMissingError):
            list(kind(folder).contents())


def test_a_damaged_index_is_said(engine: Engine):
    """Cut off anywhere, every file of it: to a search, and to who wants to write."""
    dice = random.Random(8)
    sound = {file: file.read_bytes() for file in engine.folder.iterdir() if file.is_file()}
    for file, data in sound.items():
        if not data or file.name == ".managed.json":  # tantivy's list of what to sweep, which it can do without
            continue
        for length in sorted({0, len(data) - 2, dice.randrange(len(data)), dice.randrange(len(data))}):
            file.write_bytes(data[:length])
            with pytest.raises(IndexMissingError):
                everything(type(engine)(engine.folder))
            file.write_bytes(data)
    assert len(everything(type(engine)(engine.folder))) == len(CLAUSES)


def everything(engine: Engine) -> list[tuple[int, int, str]]:
    for text in CLAUSES:
        ask(engine, f'"{text}"', count=("kind",))
    return list(engine.contents())


def test_a_full_disk_fails_and_spoils_nothing(engine: Engine):
    """No file may grow beyond a few hundred bytes; with room again, the same writer's work is done."""
    before = sorted(engine.contents())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400, hard))
    try:
        with pytest.raises(OSError, match=r"(?i)file too large"):
            fill(engine, [entry(90, "驿站和灯塔" * 50, policy=90)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert sorted(type(engine)(engine.folder).contents()) == before
    fill(engine, [entry(90, "驿站和灯塔" * 50, policy=90)])
    assert found(engine, "灯塔") == {90}


@pytest.mark.parametrize("value", ["9" * 30, "x", ""])
def test_a_policy_that_cannot_be_is_none(engine: Engine, value: str):
    assert found(engine, "驿站", filters={"policy": (value,)}) == set()


def test_searches_in_many_threads_are_as_in_one(engine: Engine):
    texts = ["数据", "驿站", "人民政府", "的", "数据 安全"]
    expected = [found(engine, text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda text: found(engine, text), texts * 40))
    assert answers == expected * 40


OURS = [b"search.", b"PolicyFacts", b"Entry", b"WhooshEngine", b"TantivyEngine", b"Folder", b"Writer"]


def test_no_class_of_ours_is_written_to_disk(engine: Engine):
    """A renamed module must not make an index unreadable."""
    for file in engine.folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not [name for name in OURS if name in data], file.name
