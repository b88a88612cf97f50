"""From drafts to nodes: headings told from text, 一是… lists made items, the paragraphs of a news digest
that hold some made provisions, eids given."""

import re
from collections import Counter
from collections.abc import Iterator

from ingest.parsing.drafts import Draft, Paragraph
from ingest.parsing.headings import bracketed_heading, run_in_heading, spaced_heading
from ingest.parsing.joining import cut, is_finished, text_of, trimmed, width
from ingest.parsing.labels import ARTICLE, CHAPTER, DIVISION, PART
from ingest.parsing.nodes import Node
from ingest.parsing.ordinals import Ordinal, find_ordinals
from ingest.parsing.text import JoinedText, Piece

_ORDINAL_LEVEL = 20
_FEWEST_HEADED = 2  # points of a list that tell that each of them has a heading
_LONGEST_BOLD = 80
_LONGEST_ARTICLE_HEADING = 12
_LONGEST_BEFORE_COLON = 12
_LONGEST_ALONE = 70
_SENTENCE_MARK = re.compile(r"[，；]|以?下|[如包括]|20\d\d")


def settle(root: Draft, kind: str) -> list[Node]:
    """The nodes of a grown outline."""
    if not any(child.style for child in root.children):
        _unlabelled(root, kind)
    for draft in list(_walk(root)):
        if draft.lead:
            _part_heading(draft, kind)
        if draft.style:
            _itemise(draft)
    if kind == "news":
        root.children = list(_paragraphs(root.children))
    _number_bodies(root.children)
    nodes = [_node(child, None) for child in root.children]
    _name(nodes)
    return nodes


def _walk(draft: Draft) -> Iterator[Draft]:
    for child in draft.children:
        yield child
        yield from _walk(child)


def _unlabelled(root: Draft, kind: str) -> None:
    """A document without any label: what follows its addressees and number is its body."""
    front = next((child for child in root.children if child.type == "preamble"), None)
    if not front:
        return
    sentences = (index for index, paragraph in enumerate(front.own) if _is_sentence(text_of(paragraph)))
    first = next(sentences, len(front.own))
    if first == len(front.own):
        return
    body = _body(front.own[first:])
    del front.own[first:]
    place = root.children.index(front)
    root.children[place : place + 1] = [front, body] if front.own else [body]


def _is_sentence(text: str) -> bool:
    """Neither a number, a name nor the addressees, who end with a colon."""
    return is_finished(text) and not text.rstrip().endswith(("：", ":"))


def _part_heading(draft: Draft, kind: str) -> None:
    """Move the heading out of the first paragraph, or take the whole first paragraph for it."""
    lead = draft.own.pop(0)
    text = text_of(lead)
    start, end, rest = 0, 0, 0
    bracketed = bracketed_heading(text) if draft.style == ARTICLE else None
    if draft.style in (PART, CHAPTER, DIVISION):
        end = rest = len(text)
    elif bracketed:
        start, end, rest = bracketed
    elif _has_bold_heading(draft, text):
        end, rest = draft.bold_end, draft.bold_end + text.startswith(("。", "：", ":"), draft.bold_end)
    else:
        end, rest = _plain_heading(draft, text, kind)
    if end:
        draft.heading = trimmed(cut(lead, start, end))
        if text_of(draft.heading).endswith(("。", "：", ":")):
            draft.heading = cut(draft.heading, 0, len(text_of(draft.heading)) - 1)
    remainder = trimmed(cut(lead, rest, len(text)))
    if remainder:
        draft.own.insert(0, remainder)


def _has_bold_heading(draft: Draft, text: str) -> bool:
    """Whether the bold words that a provision begins with are its heading, and not only stressed."""
    after = text[draft.bold_end : draft.bold_end + 100]
    return (
        0 < draft.bold_end <= _LONGEST_BOLD
        and not after.startswith(("，", "、", ","))
        and bool(after.strip("。；：:; "))
    )


def _plain_heading(draft: Draft, text: str, kind: str) -> tuple[int, int]:
    """Where the heading that stands alone or runs in ends, and where the text after it begins; (0, 0) for none."""
    more = bool(draft.own or draft.children)
    in_article = draft.under_article()
    if draft.style == ARTICLE:
        if not is_finished(text) and draft.own and width(text[:80]) <= _LONGEST_ARTICLE_HEADING:
            return len(text), len(text)
        if kind == "law":
            return 0, 0
    elif (more or not in_article) and _stands_alone(text, in_article):
        return len(text), len(text)
    spaced = (0, 0) if in_article else spaced_heading(text)
    if any(spaced):
        return spaced
    stop = run_in_heading(text, in_article, alone=more)
    return (stop, stop + 1) if stop else (0, 0)


def _stands_alone(text: str, in_article: bool) -> bool:
    """Whether a whole line is a heading: 主要目标, or 主要目标： above goals."""
    if not in_article and text.rstrip().endswith(("：", ":")):
        return width(text[:80]) <= _LONGEST_BEFORE_COLON and not _SENTENCE_MARK.search(text)
    return not is_finished(text) and "。" not in text and width(text[:200]) <= _LONGEST_ALONE


def _itemise(draft: Draft) -> None:
    """Make items of the 一是… lists in a provision's own paragraphs."""
    own: list[Paragraph] = []
    tail: list[Paragraph] = []
    items: list[Draft] = []
    due = 1
    for paragraph in draft.own:
        text = text_of(paragraph)
        found = find_ordinals(text, due) or (find_ordinals(text) if due > 1 else [])
        before = trimmed(cut(paragraph, 0, found[0].start if found else len(text)))
        if before:
            (tail if items else own).append(before)
        if found:
            listed, after = _ordinal_items(draft, paragraph, found)
            items += listed
            tail += [after] if after else []
            due = found[-1].number + 1
    if items:
        draft.own, draft.tail = own, tail + draft.tail
        draft.children = items + draft.children


def _ordinal_items(parent: Draft, paragraph: Paragraph, found: list[Ordinal]) -> tuple[list[Draft], Paragraph]:
    """The items of a list, and what follows it in its paragraph: a list parted by semicolons ends with its sentence."""
    text = text_of(paragraph)
    ends = [ordinal.start for ordinal in found[1:]] + [len(text)]
    bodies = [text[ordinal.end : end].rstrip() for ordinal, end in zip(found, ends, strict=True)]
    one_sentence = len(found) > 1 and all(body.endswith(("；", ";")) and "。" not in body for body in bodies[:-1])
    if one_sentence:
        stop = text.find("。", found[-1].end)
        ends[-1] = stop + 1 if stop >= 0 else len(text)
    items: list[Draft] = []
    for ordinal, end in zip(found, ends, strict=True):
        line = cut(paragraph, ordinal.start, ordinal.end)[0].line
        part, number = ordinal.label, ordinal.number
        item = Draft("item", part, part, f"item_{number}", line, _ORDINAL_LEVEL, parent=parent)
        pieces = trimmed(cut(paragraph, ordinal.end, end))
        alone = len(items) >= _FEWEST_HEADED and all(
            before.heading for before in items
        )  # 三是强化考核。 of such a list
        stop = 0 if one_sentence else run_in_heading(text_of(pieces), parent.under_article(), alone)
        item.heading = cut(pieces, 0, stop)
        pieces = trimmed(cut(pieces, stop + bool(stop), len(text)))
        item.own = [pieces] if pieces else []
        items.append(item)
    return items, trimmed(cut(paragraph, ends[-1], len(text)))


def _paragraphs(drafts: list[Draft]) -> Iterator[Draft]:
    """A news digest's body in runs: the paragraphs that hold 一是… are provisions of their own, 段N."""
    number = 0
    for draft in drafts:
        if draft.type != "body":
            yield draft
            continue
        run: list[Paragraph] = []
        for group in _with_their_items(draft.own):
            name = f"段{number + 1}"
            held = Draft("paragraph", name, name, f"para_{number + 1}", group[0][0].line, 1, own=group)
            _itemise(held)
            number += len(group)
            if not held.children:
                run.extend(group)
                continue
            if run:
                yield _body(run)
            run = []
            yield held
        if run:
            yield _body(run)


def _with_their_items(paragraphs: list[Paragraph]) -> list[list[Paragraph]]:
    """Paragraphs alone, or with those after them that begin with the 一是, 二是 … of their list."""
    groups: list[list[Paragraph]] = []
    due = 1
    for paragraph in paragraphs:
        found = find_ordinals(text_of(paragraph), due)
        if found and found[0].start == 0 and groups:
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
            found = found if due == 1 else find_ordinals(text_of(paragraph))
        due = found[-1].number + 1 if found else 1
    return groups


def _body(paragraphs: list[Paragraph]) -> Draft:
    return Draft("body", None, "正文", "body_1", paragraphs[0][0].line, 1, own=paragraphs)


def _number_bodies(drafts: list[Draft]) -> None:
    for number, draft in enumerate((draft for draft in drafts if draft.type == "body"), 1):
        draft.eid_part = f"body_{number}"
        draft.part = f"正文{number}"


def _node(draft: Draft, parent: Node | None) -> Node:
    node = Node(draft.type, draft.label, draft.part, draft.eid_part, draft.line, draft.line, parent=parent)
    node.heading = JoinedText(draft.heading) if draft.heading else None
    node.text = _joined(draft.own)
    node.tail = _joined(draft.tail) if draft.tail else None
    node.children = [_node(child, node) for child in draft.children]
    lines = [piece.line for text in node.texts() for piece in text.pieces()]
    node.end_line = max([draft.line, *lines, *(child.end_line for child in node.children)])
    return node


def _joined(paragraphs: list[Paragraph]) -> JoinedText:
    """Paragraphs as one text; the newline between two stands at the end of the first one's last line."""
    pieces: list[Piece] = []
    for paragraph in paragraphs:
        if pieces and paragraph:
            last = pieces[-1]
            pieces.append(Piece(last.line, last.column + len(last.text), "\n"))
        pieces.extend(paragraph)
    return JoinedText(pieces)


def _name(nodes: list[Node], above: str = "", seen: Counter[str] | None = None) -> None:
    """Give every node its eid; the second of the same name gets -2."""
    seen = Counter() if seen is None else seen
    for node in nodes:
        eid = f"{above}__{node.eid_part}" if above else node.eid_part
        seen[eid] += 1
        node.eid = eid if seen[eid] == 1 else f"{eid}-{seen[eid]}"
        _name(node.children, node.eid, seen)
