"""Observations: the statistical facts of a 统计公报 or of 运行情况.

    全年茶叶加工产值523亿元，同比上升4.7%。乡村旅游接待人次增长8.2%。
    年末全省渔船4.2万艘，比上年末减少900艘，其中远洋渔船2100艘，增加35艘。

A clause states a level (indicator, value, unit) or a growth; a growth without a subject belongs to the
level before it.  Members named after 其中 or 分门类看 are completed from the total that they divide.
"""

import re

from ingest.parsing.compact import DROPPED, CompactText
from ingest.parsing.nodes import Outline
from ingest.parsing.numbers import Number, Quantity, find_quantities
from ingest.parsing.periods import Calendar
from ingest.parsing.statistic_names import BLANK, DONE, INDEX, LEVEL, NO_SUBJECT, Context, Fact, bare, members
from ingest.parsing.units import Unit
from ingest.records import ObservationRecord

NOTE_MARKS = re.compile(rf"{DROPPED.pattern}|\^?\{{?\[\d{{1,3}}\]\}}?")
CLAUSE = re.compile(r"[^，。；：！？\n]+")
ASIDE = re.compile(r"（(?P<inside>[^（）\n]{1,80})）")
ASIDE_LIST = re.compile(r"[，；]|\S{2}、\S{2}|包括|其中")
ASIDE_FACT = re.compile(r"包?[含括]|其中")
LONGEST_INDICATOR = 200
LONGEST_CLAUSE = 500

RISES = "增长|增加|提高|上升|上涨|增产|扩大|提升|增多|多增|升值|增收|增支|延长|净增|多"
FALLS = "下降|减少|降低|减产|回落|缩小|少增|贬值|下跌|收窄|下滑|缩短|削减|减收|减支|净减|少"
BASE = (
    r"(?:同比|环比|[比较与](?:上年|去年|年初|上月|上季度?|同期|上一年|前三季度|上半年|[一二三]季度|\d{1,2}月份?)(?:同期|同月|末|底)?(?:相比)?"
    r"|[比较](?P<than>\d{4})年(?:同期|末)?)"
)
GROWTH = re.compile(
    rf"(?P<base>{BASE})?(?P<mean>年均|[两三四五]年(?:年均|平均))?(?:累计|同口径|平均|名义|实际|又|继续|共|各|分别|净)*"
    rf"(?:(?P<up>{RISES})|(?P<down>{FALLS}))[了约近]?$"
)
OVER_THE_YEAR = re.compile(rf"(?:全年|当年)(?:净|共|累计)*(?:{RISES}|{FALLS})[了约近]?$")
SHORT_BASE = re.compile(r"环比|[比较与](?:上月|上季|前三|上半|[一二三]季|\d{1,2}月)")
MEMBERS = re.compile(r"其中|[分按从]\S{1,10}看|按\S{1,8}分$|按\S{1,8}统计$")
FRAME = re.compile(r"(?:在|全年)?(?P<frame>\S{2,30}?)中$")
EVENT = re.compile(r"在(?P<event>\S{2,30})上$")
RANKED = re.compile(r"(?P<measure>\S{2,30}?)(?:排名|位?居|位?列)前")
LONGEST_NAME = 12
LISTED = re.compile(rf"[^、，和的）]{{2,{LONGEST_NAME}}}$")
COLLECTIVE = re.compile(
    r"(?:上述|以上)?(?:[一二两三四五六七八九十]|\d{1,2})[个大]?(?P<noun>地区|省|市|行业|领域|企业|国家)"
)
DATE_UNITS = frozenset({"年", "月", "日", "周", "周年", "季度", "个月"})
FROM_TO = re.compile(
    r"由\S{1,15}?\d\S{0,6}?(?:缩小|扩大|提高|上升|下降|降低|减少|增加|增长|调整)(?:到|至|为)(?:\d{4}年的?)?$"
)
LISTED_NAMES = re.compile(r"\S{2,20}?(?:依次|分别)[为是](?P<names>\S+)$")
LIMIT = re.compile(r"^(?:以[上下内]|左右|余)")
THRESHOLD = re.compile(r"及?以[上下]")
TURNED = re.compile(r"折合?(?:人民币|成人民币|约|为)*$")
ENDS_FACT = frozenset("、（和与及0123456789" + BLANK)
PRONOUN = re.compile(r"占比|比重|所占比重|该比例|比例")
PART_OF = re.compile(r"(?<=[占成])(?P<whole>\S{2,40})的$")
MINUS = re.compile(r"(?<![A-Za-z\d])[-−]$")
RATIO = re.compile(r"[：∶]\d")


def find_observations(outline: Outline, title: str) -> list[ObservationRecord]:
    """The facts of a bulletin (kind statistics) in the order of its lines; `title` tells its time.

    Tables are not read here.  Without a year in the title there are none.
    """
    calendar = Calendar.of_title(title)
    if calendar is None:
        return []
    found: list[ObservationRecord] = []
    for node in outline.walk():
        path = node.path
        for printed in node.texts():
            text = CompactText(printed, NOTE_MARKS)
            found.extend(_record(fact, text, path) for fact in _Reader(text.text, calendar).facts())
    return found


def _record(fact: Fact, text: CompactText, path: str) -> ObservationRecord:
    line, quote = text.quote(fact.start, fact.end, fact.anchor)
    return ObservationRecord(
        path=path,
        line=line,
        quote=quote,
        indicator=fact.indicator[:LONGEST_INDICATOR],
        when=fact.when,
        value=fact.value,
        unit=fact.unit,
        yoy=fact.yoy,
        yoy_unit=fact.yoy_unit or None,
        rule=fact.rule,
        confidence=0.7 if fact.rule == "member" else 0.9,
    )


class _Reader:
    """Reads one text clause by clause."""

    def __init__(self, text: str, calendar: Calendar):
        self._calendar = calendar
        self._asides = [aside for aside in ASIDE.finditer(text) if _is_remark(aside["inside"])]
        self._asides.reverse()  # the next one last
        self._text = ASIDE.sub(lambda aside: BLANK * len(aside[0]) if _is_remark(aside["inside"]) else aside[0], text)
        self._context = Context(calendar.default)
        self._facts: list[Fact] = []

    def facts(self) -> list[Fact]:
        end = 0
        for clause in CLAUSE.finditer(self._text):
            between = self._text[end : clause.start()]
            if "\n" in between:
                self._context = Context(self._calendar.default)
            elif "。" in between:
                self._context.end_sentence()
            end = clause.end()
            if len(clause[0]) <= LONGEST_CLAUSE:
                self._clause(clause.start(), clause[0])
            if self._asides and self._asides[-1].end() <= end:
                ranked = RANKED.search(self._text, *clause.span())
                while self._asides and self._asides[-1].end() <= end:
                    self._aside(clause.start(), self._asides.pop(), ranked)
        return self._facts

    def _clause(self, start: int, words: str) -> None:
        context = self._context
        quantities = [q for q in find_quantities(words) if _measures(q)]
        head = words[: quantities[0].start] if quantities else words
        if not (OVER_THE_YEAR.match(head) and context.is_stock()):
            context.when = self._calendar.time_in(head) or context.when
        context.members = context.members or bool(MEMBERS.match(words))
        if not quantities:
            listed = LISTED_NAMES.match(words)
            context.listed = members(listed["names"]) if listed else context.listed
            frame, event = FRAME.match(words), EVENT.match(words)
            if frame:
                context.open_frame(bare(frame["frame"]))
            elif event:
                context.event = event["event"]
        if len(quantities) > 1 and "分别" in head:
            self._respective(start, words, quantities)
            return
        done = 0
        for quantity in quantities:
            last = quantity is quantities[-1]
            if last or (
                words[quantity.end] in ENDS_FACT and not THRESHOLD.match(words, quantity.end)
            ):  # 15个城市实现收入… begins with no fact of its own
                self._fact(start, words[done : quantity.start], done, quantity, words[quantity.end :] if last else "")
                done = quantity.end

    def _aside(self, clause: int, aside: re.Match[str], ranked: re.Match[str] | None) -> None:
        """收入居前的甲市（增长3%）、乙市（下降2%）; 汽车90万辆（包括货车8万辆）."""
        inside, start = aside["inside"], aside.start("inside")
        quantities = [q for q in find_quantities(inside) if _measures(q)]
        if len(quantities) != 1 or quantities[0].end != len(inside):
            return
        quantity, head = quantities[0], inside[: quantities[0].start]
        place = (start, start + quantity.start, start + quantity.end)
        growth = GROWTH.match(head)
        listed = LISTED.search(self._text, max(clause, aside.start() - LONGEST_NAME), aside.start())
        if growth and ranked and ranked.end() <= aside.start() and listed:
            name = listed[0] + bare(ranked["measure"])
            change = -quantity.value if growth["down"] else quantity.value
            place = (listed.start(), *place[1:])
            self._facts.append(
                Fact(name, self._context.when, *place, "growth", yoy=change, yoy_unit=quantity.unit.text)
            )
        elif growth and self._context.last and self._context.last.end == aside.start():  # 增加2万人（增长3%）
            _attach(
                self._context.last, -quantity.value if growth["down"] else quantity.value, quantity.unit.text, place[2]
            )
        elif part := ASIDE_FACT.match(head):
            name, unit = LEVEL.sub("", head[part.end() :]), quantity.unit.text
            if name:
                self._facts.append(Fact(name, self._context.when, *place, "member", quantity.value, unit))

    def _fact(self, start: int, head: str, offset: int, quantity: Quantity, tail: str) -> None:
        if RATIO.match(self._text, start + quantity.end):  # 结构为5.2：40.1：54.7
            return
        head = FROM_TO.sub("为", head)
        negative = bool(MINUS.search(head))
        head = MINUS.sub("", head)
        growth = GROWTH.search(head)
        value = -quantity.value if negative else quantity.value
        place = (start + offset, start + quantity.start, start + quantity.end)
        if growth is None:
            self._level(head, tail, value, quantity.unit, place)
        elif self._is_yearly(growth):
            self._grow(head[: growth.start()], growth, value, quantity.unit, place)

    def _is_yearly(self, growth: re.Match[str]) -> bool:
        """Whether it is a growth over one year: not 环比, 比上月, 两年平均, 比2019年."""
        if growth["mean"] or SHORT_BASE.match(growth["base"] or ""):
            return False
        return growth["than"] is None or int(growth["than"]) == int(self._context.when[:4]) - 1

    def _level(self, head: str, tail: str, value: Number, unit: Unit, place: tuple[int, int, int]) -> None:
        """A level: 茶叶产量31万吨, 占全部投资的31.4%, 举办展会62次."""
        context = self._context
        named = bare(LEVEL.sub("", head))
        name = named if unit.group == "none" else named + bare(LIMIT.sub("", tail))
        if not tail:
            name = DONE.sub("", name)
        again = bool(TURNED.match(head)) or (not name and (not head or context.has_moved()))
        if again and context.last is not None:  # 电视剧90部2100集; 投资8亿元，折1亿美元; 一季度8亿元，二季度9亿元
            name = context.last.indicator
        name = context.alike(PART_OF.sub(r"\g<whole>", name))
        share = context.dependent(name)
        if share and not NO_SUBJECT.search(share):
            self._add(Fact(share, context.when, *place, "share", value, unit.text or None))
            return
        if (
            not name
            or NO_SUBJECT.search(name)
            or named.endswith("在")
            or (unit.group == "none" and named == bare(head) and not INDEX.search(named))
        ):
            return
        indicator = name if again else context.completed(name, unit)
        rule = "level" if indicator == name else "member"
        self._add(Fact(indicator, context.when, *place, rule, value, unit.text or None))
        context.told(indicator, unit)

    def _grow(
        self, subject: str, growth: re.Match[str], value: Number, unit: Unit, place: tuple[int, int, int]
    ) -> None:
        """A growth: of the level before it, or of a subject that has none (乡村旅游接待人次增长8.2%)."""
        context = self._context
        name = bare(subject)
        change = -value if growth["down"] else value
        if not name or PRONOUN.fullmatch(name):
            if context.last is None:
                return
            if name or not context.has_moved():
                _attach(context.last, change, unit.text, place[2])
                return
            share, indicator = None, context.last.indicator  # 一季度增长3%，二季度增长4%
        elif NO_SUBJECT.search(name):
            return
        else:
            share = context.dependent(name)
            indicator = share or context.completed(name, None)
        rule = "share" if share else "growth" if indicator == name else "member"
        self._add(Fact(indicator, context.when, *place, rule, yoy=change, yoy_unit=unit.text))
        if not share:
            context.told(indicator, None)

    def _respective(self, start: int, words: str, quantities: list[Quantity]) -> None:
        """A、B和C收入分别为1亿元、2亿元和3亿元，分别增长4%、5%和6%; 两个地区占比分别为4%和5%."""
        head = words[: quantities[0].start]
        growth = GROWTH.search(head)
        context = self._context
        subject = bare(head[: growth.start()] if growth else LEVEL.sub("", head))
        if NO_SUBJECT.search(subject) or "持平" in words or (growth and not self._is_yearly(growth)):
            return
        falls, changes, end = bool(growth and growth["down"]), [], len(head)
        for quantity in quantities:  # 分别增长6%和下降1%
            turn = GROWTH.search(words[end : quantity.start])
            falls = bool(turn["down"]) if turn else falls
            changes.append(
                -quantity.value if falls != bool(MINUS.search(words[end : quantity.start])) else quantity.value
            )
            end = quantity.end
        if growth and not subject:
            before = context.sentence[-len(quantities) :]
            if len(before) == len(quantities):
                for fact, change, quantity in zip(before, changes, quantities, strict=True):
                    _attach(fact, change, quantity.unit.text, fact.end)
            return
        names = self._collective(subject, len(quantities)) or members(subject)
        if len(context.listed) == len(quantities) > len(names):
            names = [name + subject for name in context.listed]
        if len(names) != len(quantities):
            return
        for name, change, quantity in zip(names, changes, quantities, strict=True):
            place = (start + quantity.start, start + quantity.start, start + quantity.end)
            fact = Fact(name, context.when, *place, "respective")
            if growth:
                fact.yoy, fact.yoy_unit = change, quantity.unit.text
            else:
                fact.value, fact.unit = change, quantity.unit.text
            self._add(fact)

    def _collective(self, subject: str, count: int) -> list[str]:
        """两个地区收入占比 after 东部地区收入 and 西部地区收入: 东部地区收入占比 and 西部地区收入占比."""
        meant = COLLECTIVE.match(subject)
        if meant is None:
            return []
        named: dict[str, None] = {}
        for fact in self._facts:
            before, noun, _ = fact.indicator.partition(meant["noun"])
            if noun:
                named.pop(before + noun, None)
                named[before + noun] = None
        return [owner + subject[meant.end() :] for owner in list(named)[-count:]]

    def _add(self, fact: Fact) -> None:
        self._facts.append(fact)
        self._context.sentence.append(fact)
        self._context.last = fact


def _attach(fact: Fact, change: Number, unit: str, end: int) -> None:
    """Give a level its growth; of two (增加368万吨，增产0.5%) the percentage stays."""
    if fact.yoy is None or (fact.yoy_unit != "%" and unit == "%"):
        fact.yoy, fact.yoy_unit, fact.end = change, unit, max(end, fact.end)


def _measures(quantity: Quantity) -> bool:
    """Dates and names (4G) are no facts."""
    return quantity.numeral == "arabic" and quantity.unit.group != "bare" and quantity.unit.text not in DATE_UNITS


def _is_remark(inside: str) -> bool:
    """Whether a bracket adds to the name (（不含农户）, （M2）) nothing: a list, or a fact of its own."""
    return bool(ASIDE_LIST.search(inside)) or any(_measures(q) for q in find_quantities(inside))
