"""The texts that everything comes from: counted again, kept files against their checksums, none that nothing is of."""

from collections.abc import Iterator

from policies.models import Source
from policies.verification.check import Check, asked

PRINTED = """
SELECT source.filename, printed.id, encode(sha256(printed.content), 'hex') = source.sha256,
    cardinality(printed.pages) = length(source.text) - length(replace(source.text, chr(10), '')) + 1
FROM policies_printed printed JOIN policies_source source ON source.id = printed.source_id ORDER BY printed.id
"""
AT_ONCE = 25  # texts in memory together


def miscounted() -> Iterator[str]:
    """Texts that have other characters than were counted when they were stored."""
    rows = Source.objects.order_by("pk").values_list("pk", "filename", "text", "characters")
    for pk, filename, text, characters in rows.iterator(chunk_size=AT_ONCE):
        found = len("".join(text.split()))
        if found != characters:
            yield f"原文 {pk}（{filename}）：有 {found} 个非空白字符，入库时有 {characters} 个"


def pages_altered() -> Iterator[str]:
    """Kept files whose bytes are not those of the text's checksum, or that have pages for other lines."""
    for filename, pk, same, paged in asked(PRINTED):
        if not (same and paged):
            yield f"版面 {pk}（{filename}）：{'各行的页与原文的行数不合' if same else '文件内容与校验和不符'}"


def abandoned() -> Iterator[str]:
    """Texts that neither an issue nor a policy comes from."""
    for pk, filename in Source.objects.filter(issues=None, policies=None).order_by("pk").values_list("pk", "filename"):
        yield f"原文 {pk}（{filename}）：没有期也没有政策出自它"


CHECKS = (
    Check("原文的字数与入库时相同", miscounted),
    Check("版面文件与校验和相符", pages_altered),
    Check("每份原文都有所属的期或政策", abandoned),
)
