"""XML out of archives, within bounds: no entities, no addresses, nothing that unpacks without end."""

import io
import zipfile
import zlib

from lxml import etree

from ingest.reading.reading import ReadingError

MEMBERS = 5_000  # files in one archive
ENTRY = b"PK\x01\x02"  # what each entry of an archive's directory begins with
ENTRIES = 20_000  # of them in all its bytes, those of archives within it counted
UNPACKED = 64 * 1024**2  # bytes that one of them may unpack to
TOTAL = 256 * 1024**2  # bytes that all of them may unpack to
RATIO = 200  # unpacked to packed, for what is not small
SMALL = 4 * 1024**2  # bytes
NODES = 2_000_000  # tags and attributes of one of them
DECLARED_WITHIN = 64 * 1024  # bytes: a document type stands above the first element
ENCRYPTED = 0x1  # the bit of a member's flags
# What a member may be packed by: all that programs use, and all that Python unpacks within bounds.
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What zipfile raises for an archive that is not as it should be.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)

DAMAGED = "文件已损坏或不完整，无法读取；请重新下载，或用 Word、WPS 打开后另存为 .docx 再试。"
BOMB = "文件解压后过大，可能是压缩炸弹，没有读取；请用 Word 或 WPS 打开后另存为 .docx 再试。"


class Archive:
    """A zip archive whose members are unpacked one by one, as they are asked for.

    Raises ReadingError for what is damaged, encrypted or would unpack beyond bounds.
    """

    def __init__(self, content: bytes):
        if is_overfull(content):
            raise ReadingError(BOMB)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except BROKEN as error:
            raise ReadingError(DAMAGED) from error
        members = self._zip.infolist()
        if len(members) > MEMBERS or sum(member.file_size for member in members) > TOTAL:
            raise ReadingError(BOMB)
        if any(_is_bomb(member) for member in members):
            raise ReadingError(BOMB)
        if any(member.flag_bits & ENCRYPTED for member in members):
            raise ReadingError("文件加了密码，无法读取；请去掉密码后再试。")
        if any(member.compress_type not in METHODS for member in members):
            raise ReadingError(DAMAGED)
        self.names = {member.filename for member in members}

    def xml(self, name: str) -> etree._Element:
        """The root of a member; what it declares about its size is not believed."""
        try:
            with self._zip.open(name) as member:
                content = member.read(UNPACKED + 1)
        except (KeyError, *BROKEN) as error:
            raise ReadingError(DAMAGED) from error
        if len(content) > UNPACKED:
            raise ReadingError(BOMB)
        return parse_xml(content)


def is_overfull(content: bytes) -> bool:
    """Whether an archive has more entries than anybody packs: merely to list them takes seconds, and much memory."""
    return content.count(ENTRY) > ENTRIES


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    if member.file_size > UNPACKED:
        return True
    return member.file_size > SMALL and member.file_size > RATIO * max(member.compress_size, 1)


def parse_xml(content: bytes) -> etree._Element:
    """The root of an XML text.  Raises ReadingError for what is not well-formed, declares entities or is too large."""
    if content.count(b"<") + content.count(b"=") > NODES:
        raise ReadingError(BOMB)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ReadingError(DAMAGED) from error
    if b"<!DOCTYPE" in content[:DECLARED_WITHIN]:
        raise ReadingError("文件里含有不应有的实体定义（DTD），可能是恶意文件，没有读取。")
    return root
