"""What a person types, as a tree.

    数据安全            contains exactly
    数据 安全           both (also AND, 与)
    "数据 安全"         contains exactly; “ ” too
    数据 OR 安全        either (also 或, |); AND binds closer
    数据 -安全          not (also NOT, 非)
    (算力 OR 数据) 安全   groups
    地区:浙江           a field: 地区 部门 类型 层级 年份 栏目 标题 文号

Nothing raises; what makes no sense is left out and said, and a query that says nothing to look
for finds nothing.
"""

from dataclasses import dataclass

from search.analysis import fold
from search.lexing import Kind, Lexer, Token
from search.messages import Message
from search.tree import Contains, Field, Node, Not, Some, all_of, leaves, positive, some_of

LONGEST = 800  # characters; longer than any clause's sentence, short enough for an address
MOST_TERMS = 50
DEEPEST = 20  # brackets in brackets


@dataclass(frozen=True, slots=True)
class Query:
    """`tree` is None when there is nothing to look for; the messages say why, unless `text` is blank."""

    text: str
    tree: Node | None
    messages: tuple[Message, ...] = ()


def parse(text: str) -> Query:
    """The query that `text` means; its fields are not resolved yet."""
    if len(text) > LONGEST:
        return _refused(text, f"查询有 {len(text)} 个字，超过 {LONGEST} 个字的上限，没有检索")
    lexer = Lexer(text)
    if lexer.depth > DEEPEST:
        return _refused(text, f"括号超过 {DEEPEST} 层，没有检索")
    parser = _Parser(lexer.tokens(), len(text))
    tree = parser.whole()
    if tree and sum(1 for _ in leaves(tree)) > MOST_TERMS:
        return _refused(text, f"查询超过 {MOST_TERMS} 个条件，没有检索")
    messages = sorted(lexer.messages + parser.messages, key=lambda message: message.start)
    return Query(text, tree, tuple(messages))


def _refused(text: str, why: str) -> Query:
    return Query(text, None, (Message(why, 0, len(text)),))


class _Parser:
    """Recursive descent over the tokens; no deeper than their brackets."""

    def __init__(self, tokens: list[Token], length: int):
        self.tokens = tokens
        self.at = 0
        self.length = length
        self.messages: list[Message] = []

    def whole(self) -> Node | None:
        parts = []
        while self.at < len(self.tokens):
            part = self._some()
            if part:
                parts.append(part)
            if self._next() is Kind.CLOSE:
                self._drop("括号没有配对，已忽略")
        return self._grounded(all_of(parts))

    def _some(self) -> Node | None:
        parts = [self._all()]
        while self._next() is Kind.OR:
            operator = self.tokens[self.at]
            self.at += 1
            parts.append(self._all())
            if parts[-2] is None or parts[-1] is None:
                self._say(f"“{operator.text}”的一边没有内容；要找这个字本身，请加引号", operator)
        return some_of([part for part in parts if part])

    def _all(self) -> Node | None:
        parts: list[Node] = []
        while self._next() not in (None, Kind.OR, Kind.CLOSE):
            if self._next() is Kind.AND:
                operator = self.tokens[self.at]
                self.at += 1
                if not parts or self._next() in (None, Kind.AND, Kind.OR, Kind.CLOSE):
                    self._say(f"“{operator.text}”的一边没有内容；要找这个字本身，请加引号", operator)
                continue
            part = self._unary()
            if part:
                parts.append(part)
        return all_of(parts)

    def _unary(self) -> Node | None:
        negated = False
        operator = self.tokens[self.at]
        while self._next() is Kind.NOT:
            negated = not negated
            self.at += 1
        if self._next() in (None, Kind.AND, Kind.OR, Kind.CLOSE):
            self._say(f"“{operator.text}”后面没有内容；要找这个字本身，请加引号", operator)
            return None
        part = self._primary()
        return Not(part) if part and negated else part

    def _primary(self) -> Node | None:
        token = self.tokens[self.at]
        self.at += 1
        if token.kind is Kind.OPEN:
            part = self._some()
            if self._next() is Kind.CLOSE:
                self.at += 1
            else:
                self._say("括号没有配对，已忽略", token)
            if part is None:
                self._say("括号里没有内容", token)
            return part
        if token.kind is Kind.FIELD:
            if token.text.strip():
                return Field(token.field, token.text.strip(), token.start, token.end)
            self._say("字段后面没有内容，已忽略", token)
            return None
        folded = fold(token.text)
        if not folded:
            self._say("引号里没有内容，已忽略", token)
            return None
        return Contains(folded)

    def _grounded(self, tree: Node | None) -> Node | None:
        """The tree without what would find nearly everything."""
        if tree is None or positive(tree):
            return tree
        if isinstance(tree, Some):
            kept = some_of([part for part in tree.parts if positive(part)])
            if kept:
                self.messages.append(Message("“或”的一边只有排除的内容，已忽略", 0, self.length))
                return kept
        self.messages.append(Message("只有排除的内容，请再写要找什么", 0, self.length))
        return None

    def _next(self) -> Kind | None:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else None

    def _drop(self, why: str) -> None:
        self._say(why, self.tokens[self.at])
        self.at += 1

    def _say(self, text: str, token: Token) -> None:
        self.messages.append(Message(text, token.start, token.end))
