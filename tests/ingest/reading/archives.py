"""Word files made by hand, part by part."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def archive(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def word(body: str, namespace: str = W, **parts: str) -> bytes:
    """A document of this body, with other parts (numbering, styles, footnotes) by name."""
    relations = "".join(f'<Relationship Type="{OFFICE}/{name}" Target="{name}.xml"/>' for name in parts)
    return archive(
        {
            "_rels/.rels": _relations(f'<Relationship Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'),
            "word/_rels/document.xml.rels": _relations(relations),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>", namespace),
            **{f"word/{name}.xml": part(name, content, namespace) for name, content in parts.items()},
        }
    )


def part(name: str, content: str, namespace: str = W) -> str:
    return f'<w:{name} xmlns:w="{namespace}" xmlns:mc="{MC}">{content}</w:{name}>'


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _relations(content: str) -> str:
    return f'<Relationships xmlns="{RELATIONSHIPS}">{content}</Relationships>'
