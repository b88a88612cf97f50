"""Which deadline governs a place of a policy's text, and whether it tells of the past.

A deadline governs its sentence from where it stands, then the rest of its paragraph; in a goal
(发展目标, a ——goal) also the paragraphs and the goals below.  （2025年底前完成） behind a number
governs what stands before it in its sentence.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.parsing.compact import CompactText, compacted
from ingest.parsing.deadlines import Deadline, find_deadlines
from ingest.parsing.nodes import Node, Outline
from ingest.parsing.present import Present

SENTENCE_END = re.compile(r"[。！？\n]")
LINE_END = re.compile(r"\n")
GOAL_HEADING = re.compile(r"目标|愿景|展望|主要指标")
LEADS_TO_GOALS = re.compile(r"(?:^|[\n。；])(?:[总主具发工阶预奋][^，。；：\n\d]{0,8})?目标(?:是|为|如下)?[：，]")
PAST_HEADING = re.compile(
    r"(?:(?:发展|工作|现实|建设|产业|现有|主要|规划|编制|总体|实施|面临|存在|取得|有利|不利|“?十[一二三四]五”?|时期|的|我[省市]"
    r"|简要|基本|当前|历史性?)*"
    r"(?:基础|现状|背景|形势|回顾|成效|成就|成绩|环境|进展|概况|机遇|挑战|问题|短板|条件|趋势|情况)(?:与|和|及|、)?)+"
)
PAST_WORDS = re.compile(r"近年来|近[三四五两]年|以来[，、]|截至目前|过去[的三五一十]")
PROMISING = re.compile(r"将|力争|确保|计划|争取|拟|预计|新增|新建|目标|努力|完成")
COMPLETED = re.compile(
    r"[^，。；\d]{0,8}(?:完成|建成|投用|投产|投入使用|实现|到位|上线|运行|启动|达标)(?:建设|改造|任务|目标|验收|并?投用|并?投入使用|并?投入运行)*(?=[，。；）\n]|$)"
)
EVENT = re.compile(
    r"(?:基本|全部|全面|正式)?(?:建成|完成|竣工|投产|投用|投运|达产|运营)(?:[^，。；\d]{0,6}(?P<after>[后时]))?"
)
CLAUSE_GOES = re.compile(r"[^，。；：、（\s]")
DATED = re.compile(r"〔(?P<number>20\d\d)〕|(?<![至到])(?P<day>20\d\d)\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日(?!前|起)")
CONDITIONS = re.compile(r"(?:条件|情形|资格|标准|要求)(?:之一)?的?[^。；：]{0,12}：$")
CONDITIONS_HEADING = re.compile(
    r"(?:申报|申请|推荐|遴选|评选|认定|参评|准入|基本|报名)(?:条件|资格|要求|标准|程序|流程|材料|方式)"
)
TRAIL = 80  # characters behind a number within which its deadline may follow
NOTE = 16  # characters between a number and the bracket with its year
REACH = 150  # characters of a sentence that are looked at
MOST_TOGETHER = 8  # deadlines that are looked back over


@dataclass(frozen=True, slots=True)
class Term:
    """The deadline at a place: `nearness` is sentence, near (paragraph or goal) or nothing."""

    deadline: Deadline | None = None
    nearness: str = ""
    past: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """What a whole policy says of its time: the last day or document it knows, its first deadline.

    `own`: the year that a programme of one year is for.
    """

    issued: int | None
    first_deadline: int | None
    own: int | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a node hands down to its words and to what lies below it; `conditional`: a list of conditions."""

    deadline: Deadline | None = None
    goal: bool = False
    past: bool = False
    conditional: bool = False


class Passage:
    """One text of a node (its heading, text or tail) with the deadlines in it."""

    def __init__(self, node: Node, path: str, text: CompactText, scope: Scope, dates: Dates, present: Present):
        self.node, self.path, self.text, self._scope, self._dates = node, path, text, scope, dates
        self.conditional, self.in_goal = scope.conditional, scope.goal
        self._deadlines = list(find_deadlines(text.text, present))
        self._starts = [deadline.start for deadline in self._deadlines]
        self._sentences = [0, *(found.end() for found in SENTENCE_END.finditer(text.text))]
        self._paragraphs = [0, *(found.end() for found in LINE_END.finditer(text.text))]
        self._past_words = [found.start() for found in PAST_WORDS.finditer(text.text)]

    def sentence_of(self, at: int) -> int:
        """Where the sentence of the character at `at` begins."""
        return self._sentences[bisect_right(self._sentences, at) - 1]

    def term_at(self, at: int, telling: bool) -> Term:
        """What governs a number at `at`; `telling`: a bare year there is more likely the past."""
        sentence = self.sentence_of(at)
        index = bisect_right(self._starts, at) - 1
        noted = self._noted(at, index + 1)
        if noted is not None:
            return Term(noted, "sentence")
        if index >= 0 and self._starts[index] >= sentence and not self._spent(self._deadlines[index], at):
            return self._own(self._deadlines[index], sentence, telling)
        trailing = self._trailing(at, index + 1)
        if trailing is not None:
            return Term(trailing, "sentence")
        return self._near(at, index)

    def deadline_of(self, at: int, place: int) -> Deadline | None:
        """The deadline of a number at `at`, the `place`-th of its list: 到2025年和2030年分别达到20%和25%."""
        deadline = self.term_at(at, telling=False).deadline
        last = bisect_right(self._starts, at) - 1
        if deadline is None or last < 0 or self._deadlines[last] != deadline:
            return deadline
        if not 0 <= self.text.text.find("分别", deadline.end, deadline.end + REACH) < at:
            return deadline
        first = last
        while first > max(0, last - MOST_TOGETHER) and self._adjoin(first - 1):
            first -= 1
        return self._deadlines[first + place] if first + place <= last else deadline

    def _adjoin(self, index: int) -> bool:
        between = self.text.text[self._deadlines[index].end : self._deadlines[index + 1].start]
        return between in ("和", "、", "与", "及")

    def intro_deadline(self) -> Deadline | None:
        """What governs what lies below: the deadline of the sentence that leads to it (…：), else the first."""
        firm = [deadline for deadline in self._deadlines if deadline.kind in ("until", "period")]
        if not firm:
            return None
        closing = self.text.text.rstrip()
        if closing.endswith("：") and "\n" not in closing[firm[-1].end :]:
            return firm[-1]
        return next((deadline for deadline in firm if deadline.kind == "until"), firm[0])

    def leads_to_goals(self) -> bool:
        """Whether goals follow below: 到2025年，…目标如下： at its end, or a paragraph that begins with 主要目标：."""
        text = self.text.text.rstrip()
        if "目标" in text and LEADS_TO_GOALS.search(text):
            return True
        last = self.sentence_of(len(text) - 1) if text.endswith("：") else len(text)
        return any(deadline.kind == "until" and deadline.start >= last for deadline in self._deadlines[-1:])

    def heading_deadline(self) -> Deadline | None:
        """What a heading sets for all below it: （2024年1—3月）, 2025年目标."""
        return next((deadline for deadline in self._deadlines if deadline.kind in ("until", "period", "bare")), None)

    def _own(self, deadline: Deadline, sentence: int, telling: bool) -> Term:
        if self._is_past(deadline, sentence, telling):
            return Term(past=True)
        return Term(deadline, "sentence")

    def _is_past(self, deadline: Deadline, sentence: int, telling: bool) -> bool:
        issued, first = self._dates.issued, self._dates.first_deadline
        if self._scope.past or deadline.kind == "past" or (issued is not None and deadline.year < issued):
            return True
        if deadline.kind == "cutoff":
            return issued is None or deadline.year <= issued
        if deadline.kind == "period":
            return first is not None and deadline.year < first
        if deadline.kind == "bare" and telling and deadline.year != self._dates.own:
            stop = SENTENCE_END.search(self.text.text, deadline.end, deadline.end + TRAIL)
            behind = stop.start() if stop else deadline.end + TRAIL
            promised = PROMISING.search(self.text.text, max(sentence, deadline.start - REACH), behind)
            return promised is None
        return False

    def _spent(self, deadline: Deadline, at: int) -> bool:
        """Whether it only dates the event of its own clause: 2030年建成后，…；│布局…."""
        text = self.text.text
        event = EVENT.match(text, deadline.end)
        if event is None or text.find("；", deadline.end, at) < 0:
            return False
        within = bool(CLAUSE_GOES.match(text[deadline.start - 1 : deadline.start]))
        return event["after"] is not None or within

    def _noted(self, at: int, index: int) -> Deadline | None:
        """10个（2024年）、20个（2025年）: a bracket right behind the number that holds its year alone."""
        if index >= len(self._deadlines):
            return None
        deadline, text = self._deadlines[index], self.text.text
        if deadline.start - at > NOTE or deadline.kind not in ("until", "bare"):
            return None
        alone = text[deadline.start - 1 : deadline.start] == "（" and text[deadline.end : deadline.end + 1] == "）"
        return deadline if alone else None

    def _trailing(self, at: int, index: int) -> Deadline | None:
        """（2025年底前完成） or ，2025年底前建成。 behind the number."""
        if index >= len(self._deadlines):
            return None
        deadline, text = self._deadlines[index], self.text.text
        if deadline.kind != "until" or deadline.start - at > TRAIL or SENTENCE_END.search(text, at, deadline.start):
            return None
        bracketed = text[deadline.start - 1 : deadline.start] == "（"
        return deadline if bracketed or COMPLETED.match(text, deadline.end) else None

    def _near(self, at: int, index: int) -> Term:
        """The deadline of an earlier sentence of the paragraph, of an earlier paragraph of a goal, or inherited."""
        paragraph = self._paragraphs[bisect_right(self._paragraphs, at) - 1]
        told = bisect_left(self._past_words, at) - 1
        told_at = self._past_words[told] if told >= 0 and self._past_words[told] >= paragraph else -1
        for deadline in reversed(self._deadlines[max(0, index - MOST_TOGETHER) : index + 1]):
            if deadline.start < paragraph and not self._scope.goal:
                break
            if deadline.start < told_at:
                break
            if self._spent(deadline, at):
                continue
            if self._is_past(deadline, self.sentence_of(deadline.start), telling=False):
                return Term(past=True) if deadline.start >= paragraph else self._inherited()
            if deadline.kind == "until" or self._scope.goal:
                return Term(deadline, "near")
        return Term(past=True) if told_at >= 0 else self._inherited()

    def _inherited(self) -> Term:
        if self._scope.past:
            return Term(past=True)
        return Term(self._scope.deadline, "near") if self._scope.deadline else Term()


def passages(outline: Outline, present: Present) -> Iterator[Passage]:
    """Every text of the outline with the deadline that it inherits, in the order of the nodes."""
    dates = _dates_of(outline, present)
    for root in outline.roots:
        yield from _of_node(root, Scope(), dates, present)


def _of_node(node: Node, above: Scope, dates: Dates, present: Present) -> Iterator[Passage]:
    path = node.path
    heading = node.heading.text.strip() if node.heading else ""
    scope = replace(
        above,
        goal=above.goal or node.type == "goal" or bool(GOAL_HEADING.search(heading)),
        past=above.past or bool(PAST_HEADING.fullmatch(heading)),
    )
    leading: Deadline | None = None
    conditional = bool(CONDITIONS_HEADING.search(heading))
    for printed in node.texts():
        inherited = replace(scope, deadline=leading) if leading else scope
        passage = Passage(node, path, compacted(printed), inherited, dates, present)
        yield passage
        if printed is node.heading:
            leading = passage.heading_deadline()
            scope = replace(scope, goal=scope.goal or leading is not None)
        elif printed is node.text:
            leading = passage.intro_deadline() or leading
            scope = replace(scope, goal=scope.goal or passage.leads_to_goals())
            conditional = conditional or bool(CONDITIONS.search(passage.text.text.rstrip()[-REACH:]))
    for child in node.children:
        below = replace(_below(scope, leading, child), conditional=scope.conditional or conditional)
        yield from _of_node(child, below, dates, present)


def _below(scope: Scope, leading: Deadline | None, child: Node) -> Scope:
    """In a goal, and for ——goals anywhere, the deadline that leads to them holds on below."""
    if scope.goal or child.type == "goal":
        return replace(scope, deadline=leading or scope.deadline)
    return replace(scope, deadline=None)


def _dates_of(outline: Outline, present: Present) -> Dates:
    issued: list[int] = [present.year] if present.year else []
    deadlines: list[int] = []
    for node in outline.walk():
        for text in node.texts():
            if "20" not in text.text:
                continue
            issued += [int(found["number"] or found["day"]) for found in DATED.finditer(text.text)]
            deadlines += [d.year for d in find_deadlines(compacted(text).text) if d.kind == "until"]
    return Dates(max(issued, default=None), min(deadlines, default=None), present.year if present.yearly else None)
