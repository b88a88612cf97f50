"""Clauses, entries and policies made by hand for the tests of search."""

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from policies.models import (
    Agency,
    Change,
    Issuer,
    Policy,
    Provision,
    Region,
    Responsibility,
    ResponsibleAgency,
    Source,
    State,
)
from search.analysis import fold
from search.engines import ENGINES
from search.engines.base import Engine, Entry, Found, PolicyFacts, Request, Values
from search.query import parse

NUMBERS = count(1)
CLAUSES = [
    "各区人民政府应当把驿站数据纳入城市大脑，由民政部门定期归集。",
    "市民政局牵头编制驿站名录，报市人民政府批准。",
    "（责任单位：省经信厅、省发展改革委，各市人民政府）",
    "加快建设5G 基站，到2033年建成IPv6 单栈节点1200个以上，占比达到35.5%。",
    "推进“一网通办”改革：数据安全管理、数据共享和开放并重。",
    "建立健全数据安全\n管理制度，明确数据处理者的责任。",
    "Smart Harbour 计划覆盖 Blue Bay 与 North Pier 三地",
    "數據安全與個人信息保護，依照有關法律執行。",
    "破坏土地、侵占驿站的，依法处理；构成犯罪的，依法追究刑事责任。",
    "①制定目录；②开展评估；③每年公布一次〔2033〕19号文件的落实情况。",
    "的的的，数据数据数据。数据。",
    "<script>alert('驿站')</script> & 标签不应当被执行",
]


def entry(
    clause: int,
    text: str,
    policy: int = 1,
    agencies: Iterable[int] = (),
    day: int = 0,
    heading: str = "",
    title: str = "",
    printed: tuple[int, int] = (0, 0),
    point: bool = False,
    **values: str,
) -> Entry:
    """A clause, as many-eth of its policy as its number says, with its policy's facets, of which each has
    one value or none; `printed` are the day of its issue and its place there."""
    given: Values = {name: (value,) for name, value in {"state": "published", "policy": str(policy), **values}.items()}
    facts = PolicyFacts(policy, day, given, fold(title), *printed)
    return Entry(clause, facts, fold(text), tuple(map(str, agencies)), fold(heading), clause, point)


def fill(engine: Engine, entries: Iterable[Entry]) -> None:
    with engine.writer() as writer:
        for one in entries:
            writer.add(one)


def ask(engine: Engine, text: str, **request: Any) -> Found:
    """What the engine answers to a query without fields."""
    tree = parse(text).tree
    assert tree is not None, f"nothing to look for in {text!r}"
    return engine.search(Request(tree, **{"limit": 1000, **request}))


def found(engine: Engine, text: str, **request: Any) -> set[int]:
    return {hit.clause for hit in ask(engine, text, **request).hits}


def new_engine(name: str, folder) -> Engine:
    engine = ENGINES[name](folder)
    engine.create()
    return engine


def source() -> Source:
    return Source.objects.get_or_create(
        sha256="0" * 64,
        defaults={"filename": "样.txt", "format": "txt", "encoding": "utf-8", "text": "样", "characters": 1},
    )[0]


def region(code: str, name: str, level: str = "province", parent: Region | None = None) -> Region:
    short = name.rstrip("省市")
    facts = {"name": name, "short_name": short, "level": level, "parent": parent}
    return Region.objects.get_or_create(code=code, defaults=facts)[0]


def policy(title: str, *texts: str, issuers: Iterable[Agency] = (), **facts: Any) -> Policy:
    """A published policy with one article for each of `texts`; noted in the outbox as loading does."""
    number = next(NUMBERS)
    given: dict[str, Any] = {
        "kind": "plan", "level": "province", "state": State.PUBLISHED, "order": number,
        "start_line": 1, "end_line": 99, "issued_on": date(2033, 1, 5),
    }  # fmt: skip
    made = Policy.objects.create(title=title, slug=f"policy-{number}", source=source(), **{**given, **facts})
    for number, text in enumerate(texts, start=1):
        provision(made, number, text)
    for position, agency in enumerate(issuers):
        Issuer.objects.create(policy=made, agency=agency, position=position)
    Change.objects.note([made.pk])
    return made


def provision(parent: Policy, number: int, text: str, **facts: Any) -> Provision:
    label = f"第{number}条"
    given: dict[str, Any] = {
        "position": number, "depth": 1, "type": "article", "label": label, "path": label,
        "eid": f"art_{number}", "start_line": number, "end_line": number,
    }  # fmt: skip
    return Provision.objects.create(policy=parent, text=text, **{**given, **facts})


def responsible(clause: Provision, *agencies: Agency) -> Responsibility:
    made = Responsibility.objects.create(
        policy=clause.policy, provision=clause, line=clause.start_line, quote="（责任单位：…）", rule="note"
    )
    for position, agency in enumerate(agencies):
        ResponsibleAgency.objects.create(
            responsibility=made, agency=agency, position=position, name=agency.name, role="responsible"
        )
    return made
