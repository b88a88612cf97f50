"""Ways to spoil a file: its bytes, its lines, the members of its archive, its elements, its PDF objects."""

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence

from benchmarks.fuzzing.hostile import BYTES, NUMBERS, STRINGS
from tests.ingest.reading.pdfs import assembled

TAG = re.compile(rb"<[^<>]{1,300}>")
VALUE = re.compile(rb"(?<==)(\"[^\"<>]{0,200}\"|'[^'<>]{0,200}')")
OBJECT = re.compile(rb"\b\d{1,6} 0 obj\s(.*?)\sendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
NUMBER = re.compile(rb"(?<![\w.])-?\d{1,10}(?![\w.])")
REFERENCE = re.compile(rb"\b\d{1,6} 0 R\b")
ROOT = re.compile(rb"/Root \d{1,6} 0 R")
REPEATED = (2, 50, 1000, 8000)  # how often a thing is repeated
PDF_WORDS: tuple[bytes, ...] = (
    b"/Kids",
    b"/Count",
    b"/Parent",
    b"/Filter",
    b"/Length",
    b"/W",
    b"/Index",
    b"/Size",
    b"/MediaBox",
    b"/Rotate",
)
PDF_WORDS += (b"/ASCIIHexDecode", b"/LZWDecode", b"/RunLengthDecode", b"/ASCII85Decode", b"/FlateDecode", b"/DCTDecode")
PDF_WORDS += (
    b"null",
    b"true",
    b"[]",
    b"<< >>",
    b"(x)",
    b"/Type /Pages",
    b"q " * 500,
    b"BT " * 500,
    b"1e38",
    b"-99999999",
)
PDF_MARKS = (
    b"Tj",
    b"TJ",
    b"Tf",
    b"Td",
    b"Tm",
    b"cm",
    b"Do",
    b"re",
    b"BT",
    b"ET",
    b"q",
    b"Q",
    b"'",
    b"T*",
    b"gs",
    b"BI",
    b"EI",
)

Mutation = Callable[[bytes, random.Random], bytes]


def mutated(content: bytes, kind: str, others: Sequence[bytes], rng: random.Random) -> tuple[bytes, str]:
    """The file spoiled one to three times, and by what."""
    ways: list[Mutation] = [*BY_KIND[kind], *BY_KIND[kind], _splice_with(others), *OF_BYTES]
    names = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        way = rng.choice(ways)
        names.append(way.__name__)
        content = way(content, rng)
    return content, " ".join(names)


def _place(content: bytes, rng: random.Random) -> int:
    return rng.randrange(len(content) + 1)


def flip(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 3, 20)) if content else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def truncate(content: bytes, rng: random.Random) -> bytes:
    return content[: _place(content, rng)] if rng.random() < 0.7 else content[_place(content, rng) :]


def drop_bytes(content: bytes, rng: random.Random) -> bytes:
    start = _place(content, rng)
    return content[:start] + content[start + rng.choice((1, 2, 7, 100, 4000)) :]


def insert_bytes(content: bytes, rng: random.Random) -> bytes:
    start = _place(content, rng)
    return content[:start] + rng.choice((*BYTES, rng.randbytes(rng.randint(1, 200)))) + content[start:]


def zero(content: bytes, rng: random.Random) -> bytes:
    start, length = _place(content, rng), rng.choice((1, 8, 100))
    return content[:start] + bytes(min(length, len(content) - start)) + content[start + length :]


def repeat_bytes(content: bytes, rng: random.Random) -> bytes:
    start = _place(content, rng)
    piece = content[start : start + rng.choice((1, 3, 30, 300))]
    return content[:start] + piece * rng.choice(REPEATED[:3]) + content[start:]


def _splice_with(others: Sequence[bytes]) -> Mutation:
    def splice(content: bytes, rng: random.Random) -> bytes:
        other = rng.choice(others)
        return content[: _place(content, rng)] + other[_place(other, rng) :]

    return splice


def recode(content: bytes, rng: random.Random) -> bytes:
    """Read by one encoding, written by another."""
    encodings = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "big5", "shift_jis", "latin-1", "utf-7")
    text = content.decode(rng.choice(encodings), "replace")
    return text.encode(rng.choice(encodings), rng.choice(("replace", "ignore")))


def _on_lines(change: Callable[[list[str], random.Random], None]) -> Mutation:
    """A mutation of the lines of a text, whatever its encoding is."""

    def mutation(content: bytes, rng: random.Random) -> bytes:
        encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            encoding = "gb18030"
            text = content.decode(encoding, "replace")
        lines = text.split("\n")
        change(lines, rng)
        return "\n".join(lines).encode(encoding, "surrogatepass" if encoding != "gb18030" else "replace")

    mutation.__name__ = change.__name__.strip("_")
    return mutation


def _drop_lines(lines: list[str], rng: random.Random) -> None:
    start = rng.randrange(len(lines))
    del lines[start : start + rng.choice((1, 1, 3, 20))]


def _repeat_lines(lines: list[str], rng: random.Random) -> None:
    start = rng.randrange(len(lines))
    lines[start:start] = lines[start : start + rng.choice((1, 2, 5))] * rng.choice((1, 1, 3, 100))


def _shuffle_lines(lines: list[str], rng: random.Random) -> None:
    start, length = rng.randrange(len(lines)), rng.choice((2, 6, 1000))
    part = lines[start : start + length]
    rng.shuffle(part)
    lines[start : start + length] = part


def _join_lines(lines: list[str], rng: random.Random) -> None:
    start, length = rng.randrange(len(lines)), rng.choice((2, 2, 10, 1000))
    lines[start : start + length] = [rng.choice(("", " ", "\t")).join(lines[start : start + length])]


def _break_line(lines: list[str], rng: random.Random) -> None:
    at = rng.randrange(len(lines))
    place = rng.randrange(len(lines[at]) + 1)
    lines[at : at + 1] = [lines[at][:place], *[""] * rng.randrange(2), lines[at][place:]]


def _insert_words(lines: list[str], rng: random.Random) -> None:
    for _ in range(rng.choice((1, 1, 2, 10))):
        at = rng.randrange(len(lines))
        place = rng.choice((0, len(lines[at]), rng.randrange(len(lines[at]) + 1)))
        lines[at] = lines[at][:place] + rng.choice(STRINGS) + lines[at][place:]


def _insert_line(lines: list[str], rng: random.Random) -> None:
    words = "".join(rng.choice(STRINGS) for _ in range(rng.choice((1, 2, 5))))
    lines.insert(rng.randrange(len(lines) + 1), words)


def _repeat_words(lines: list[str], rng: random.Random) -> None:
    at = rng.randrange(len(lines))
    place = rng.randrange(len(lines[at]) + 1)
    words = rng.choice((rng.choice(STRINGS), lines[at][place : place + rng.randint(1, 12)]))
    lines[at] = lines[at][:place] + (words * rng.choice(REPEATED))[:20_000] + lines[at][place:]


def _replace_numbers(lines: list[str], rng: random.Random) -> None:
    at = rng.randrange(len(lines))
    lines[at] = re.sub(r"\d+|[一二三四五六七八九十]+", lambda found: rng.choice((*STRINGS, found[0])), lines[at])


def _swap_characters(lines: list[str], rng: random.Random) -> None:
    at = rng.randrange(len(lines))
    characters = list(lines[at])
    rng.shuffle(characters)
    lines[at] = "".join(characters)


def mutate_element(content: bytes, rng: random.Random) -> bytes:
    """One tag of a marked-up text dropped, doubled, nested, or put elsewhere."""
    tags = list(TAG.finditer(content[:200_000]))
    if not tags:
        return content
    tag = rng.choice(tags)
    instead = rng.choice(
        (b"", tag[0] * 2, tag[0] * rng.choice(REPEATED[:3]), rng.choice(tags)[0], b"</x>", b"<p>", b"<td>")
    )
    return content[: tag.start()] + instead + content[tag.end() :]


def mutate_value(content: bytes, rng: random.Random) -> bytes:
    """One attribute of a marked-up text given another value."""
    values = list(VALUE.finditer(content[:200_000]))
    if not values:
        return content
    value = rng.choice(values)
    instead = rng.choice((*NUMBERS, rng.choice(STRINGS).replace('"', ""), "x" * 5000))
    return content[: value.start()] + b'"%s"' % instead.encode("utf-8", "replace") + content[value.end() :]


def mutate_member(content: bytes, rng: random.Random) -> bytes:
    """One member of an archive spoiled, dropped, doubled, or given another name; the archive itself stays whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        return content
    if not members:
        return content
    wanted = [at for at, (name, _) in enumerate(members) if name.startswith("word/") and name.endswith("ment.xml")]
    at = rng.choice(wanted) if wanted and rng.random() < 0.7 else rng.randrange(len(members))
    name, inside = members[at]
    names = ("../x.txt", "/x", "C:\\x", "x" * 3000, "a/" * 500 + "x", "名\u202etxt.exe", "<b>.txt", "=1.csv", name)
    action = rng.randrange(8)
    if action == 0:
        del members[at]
    elif action == 1:
        members.append((name, rng.choice(members)[1]))
    elif action == 2:
        members[at] = (rng.choice(names), inside)
    else:
        ways = (mutate_element, mutate_value, *OF_LINES) if inside.startswith(b"<") else OF_LINES
        members[at] = (name, rng.choice((*ways, *OF_BYTES))(inside, rng))
    return _packed(members, rng)


def _packed(members: Sequence[tuple[str, bytes]], rng: random.Random) -> bytes:
    file = io.BytesIO()
    method = rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, inside in members:
            archive.writestr(zipfile.ZipInfo(name), inside, method)
    return file.getvalue()


def mutate_object(content: bytes, rng: random.Random) -> bytes:
    """One object of a PDF spoiled, and the file put together again with a right table of its objects."""
    objects = [found[1] for found in OBJECT.finditer(content)]
    root = ROOT.search(content)
    if not objects or not root:
        return content
    at = rng.randrange(len(objects))
    objects[at] = rng.choice((_mutate_numbers, _mutate_references, _insert_word, _mutate_stream, _other_object))(
        objects[at], rng, objects
    )
    return assembled(objects, root[0])


def _mutate_numbers(body: bytes, rng: random.Random, _: Sequence[bytes]) -> bytes:
    wanted = rng.randrange(max(len(NUMBER.findall(body)), 1))
    count = iter(range(10**9))
    return NUMBER.sub(lambda found: rng.choice(NUMBERS).encode() if next(count) == wanted else found[0], body)


def _mutate_references(body: bytes, rng: random.Random, objects: Sequence[bytes]) -> bytes:
    return REFERENCE.sub(lambda _: b"%d 0 R" % rng.randint(0, len(objects) + 1), body, count=rng.choice((0, 1, 1, 2)))


def _insert_word(body: bytes, rng: random.Random, _: Sequence[bytes]) -> bytes:
    place = _place(body, rng)
    return body[:place] + b" %s " % rng.choice(PDF_WORDS) + body[place:]


def _other_object(body: bytes, rng: random.Random, objects: Sequence[bytes]) -> bytes:
    return rng.choice((*objects, b"null", b"<< >>", b"[1 0 R 2 0 R]", b"%d 0 R" % rng.randint(1, len(objects))))


def _mutate_stream(body: bytes, rng: random.Random, _: Sequence[bytes]) -> bytes:
    """What a page draws, spoiled and packed again."""
    found = STREAM.search(body)
    if not found:
        return body
    data = found[1].removesuffix(b"endstream")
    try:
        inside = zlib.decompress(_ascii85(data) if b"ASCII85" in body else data)
    except (zlib.error, ValueError):
        return body
    words = inside.split(b" ")
    at = rng.randrange(len(words))
    words[at : at + 1] = [rng.choice((*PDF_MARKS, *PDF_WORDS, *(word.encode() for word in NUMBERS), words[at] * 50))]
    if rng.random() < 0.2:
        words *= rng.choice((2, 20))
    packed = zlib.compress(b" ".join(words))
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def _ascii85(data: bytes) -> bytes:
    import base64

    return base64.a85decode(data.strip().removesuffix(b"~>"))


OF_BYTES: list[Mutation] = [flip, truncate, drop_bytes, insert_bytes, zero, repeat_bytes, recode]
OF_LINES: list[Mutation] = [
    _on_lines(change)
    for change in (
        _drop_lines, _repeat_lines, _shuffle_lines, _join_lines, _break_line, _insert_words, _insert_line,
        _repeat_words, _replace_numbers, _swap_characters,
    )
]  # fmt: skip
BY_KIND: dict[str, list[Mutation]] = {
    "txt": OF_LINES * 3,
    "md": OF_LINES * 3,
    "html": [*OF_LINES, *[mutate_element, mutate_value] * 5],
    "akn": [*OF_LINES, *[mutate_element, mutate_value] * 5],
    "docx": [mutate_member] * 20,
    "zip": [mutate_member] * 20,
    "pdf": [mutate_object] * 20,
}
