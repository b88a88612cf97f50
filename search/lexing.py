"""From what a person types to tokens: texts, fields, operators, brackets.

A query without any white space is one text, brackets and all, for it means "contains exactly";
only a field's name, a leading minus and enclosing quotes are taken off it.  Elsewhere brackets
group when they stand where words begin and end; inside a run they are text: 规划（2023—2027年）.
"""

import re
from dataclasses import dataclass
from enum import Enum

from search.messages import Message

STRAIGHT = '"＂'
CURLY = "“”"
OPENING, CLOSING = "(（", ")）"
MINUS = "-－"
FIELDS = {
    "地区": "region",
    "部门": "agency",
    "类型": "kind",
    "层级": "level",
    "年份": "year",
    "栏目": "column",
    "标题": "title",
    "文号": "number",
}
FIELD = re.compile(f"(?P<name>{'|'.join([*FIELDS, *FIELDS.values()])})[:：]\\s*")
UNREADABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # controls, halves of characters, no characters


class Kind(Enum):
    TEXT = "text"
    FIELD = "field"
    AND = "and"
    OR = "or"
    NOT = "not"
    OPEN = "open"
    CLOSE = "close"


OPERATORS = {
    "AND": Kind.AND,
    "与": Kind.AND,
    "OR": Kind.OR,
    "或": Kind.OR,
    "|": Kind.OR,
    "NOT": Kind.NOT,
    "非": Kind.NOT,
}


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is what is looked for, without its quotes, or a field's value; `field` its name."""

    kind: Kind
    text: str
    start: int
    end: int
    field: str = ""


class Lexer:
    """One reading of one query; takes time linear in its length."""

    def __init__(self, text: str):
        self.text = UNREADABLE.sub(" ", text)
        self.messages: list[Message] = []
        self.depth = 0
        self.groups: set[int] = set()
        self.stray: set[int] = set()
        self.one_run = len(self.text.split()) <= 1 and not any(quote in self.text for quote in STRAIGHT)
        if not self.one_run:
            self._pair_brackets()
            for at in sorted(self.stray):
                self._say("括号没有配对，已忽略", at, at + 1)

    def tokens(self) -> list[Token]:
        found: list[Token] = []
        at = 0
        while at < len(self.text):
            if self.text[at].isspace() or at in self.stray:
                at += 1
                continue
            token = self._token(at)
            if token is None:
                at += 1
            else:
                found.append(token)
                at = token.end
        return found

    def _token(self, at: int) -> Token | None:
        """The token that begins at `at`; None for a minus with nothing to leave out."""
        character = self.text[at]
        if at in self.groups:
            return Token(Kind.OPEN if character in OPENING else Kind.CLOSE, character, at, at + 1)
        if character in MINUS:
            if not self._is_boundary(at + 1) or self._at(at + 1) in STRAIGHT:
                return Token(Kind.NOT, character, at, at + 1)
            if not self.one_run:
                self._say("减号后面要紧跟不要的词，已忽略", at, at + 1)
                return None
        field = FIELD.match(self.text, at)
        if field:
            name = FIELDS.get(field["name"], field["name"])
            value, end = self._value(field.end())
            return Token(Kind.FIELD, value, at, end, field=name)
        value, end = self._value(at)
        bare = value == self.text[at:end] and not self.one_run
        if bare and value.upper() in OPERATORS and value not in OPERATORS:
            self._say(f"“{value}”当作要找的字；作“且、或、非”用要大写", at, end)
        return Token(OPERATORS.get(value, Kind.TEXT) if bare else Kind.TEXT, value, at, end)

    def _value(self, at: int) -> tuple[str, int]:
        """A quoted phrase or a run, and where it ends."""
        if self._is_boundary(at):
            return (self._quoted(at)) if self._at(at) in STRAIGHT else ("", at)
        if self.text[at] in CURLY:
            close = self._find(CURLY, at + 1)
            if close >= 0 and self._is_boundary(close + 1):
                return self.text[at + 1 : close], close + 1
            if close < 0 and not self.one_run:
                return self._unclosed(at)
        end = at + 1
        while not self._is_boundary(end):
            end += 1
        return self.text[at:end], end

    def _quoted(self, at: int) -> tuple[str, int]:
        close = self._find(STRAIGHT, at + 1)
        return (self.text[at + 1 : close], close + 1) if close >= 0 else self._unclosed(at)

    def _unclosed(self, at: int) -> tuple[str, int]:
        self._say("引号没有配对，引号之后的都当作一句", at, at + 1)
        return self.text[at + 1 :], len(self.text)

    def _find(self, quotes: str, start: int) -> int:
        places = (self.text.find(quote, start) for quote in quotes)
        return min((place for place in places if place >= 0), default=-1)

    def _at(self, at: int) -> str:
        return self.text[at] if at < len(self.text) else " "

    def _is_boundary(self, at: int) -> bool:
        """Whether no run goes on at `at`."""
        character = self._at(at)
        closes = character in CLOSING and (at in self.groups or at in self.stray)
        return character.isspace() or character in STRAIGHT or closes

    def _pair_brackets(self) -> None:
        """Tell the brackets that group from those that are text, and from those left alone."""
        opened: list[tuple[int, bool]] = []
        levels = 0
        at = 0
        while at < len(self.text):
            character = self.text[at]
            if character in STRAIGHT:
                close = self._find(STRAIGHT, at + 1)
                at = close if close >= 0 else len(self.text)
            elif character in OPENING:
                begins = self._begins_token(at, opened)
                opened.append((at, begins))
                levels += begins
                self.depth = max(self.depth, levels)
            elif character in CLOSING:
                ends = self._at(at + 1).isspace() or self._at(at + 1) in CLOSING + STRAIGHT
                if opened:
                    start, begins = opened.pop()
                    levels -= begins
                    if begins and ends:
                        self.groups |= {start, at}
                elif ends:
                    self.stray.add(at)
            at += 1
        self.stray |= {start for start, begins in opened if begins}

    def _begins_token(self, at: int, opened: list[tuple[int, bool]]) -> bool:
        before = at - 1
        if before >= 0 and self.text[before] in MINUS:
            before -= 1
        return before < 0 or self.text[before].isspace() or (before, True) in opened[-1:]

    def _say(self, text: str, start: int, end: int) -> None:
        self.messages.append(Message(text, start, end))
