"""One policy as a document, and as it is cited."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from policies.exports.akomantoso import akoma_ntoso
from policies.exports.citations import STYLES, Citation, Style
from policies.exports.docx import write_policy
from policies.exports.files import WORD
from policies.models import Policy


@dataclass(frozen=True, slots=True)
class Document:
    """A format by its ending; `write` takes a policy, the user who asks and the site's address."""

    ending: str
    label: str
    mime: str
    write: Callable[[Policy, Any, str], bytes]


def _word(policy: Policy, user: Any, root: str) -> bytes:
    file = io.BytesIO()
    write_policy(file, policy, user, root)
    return file.getvalue()


def _cited(style: Style) -> Document:
    def write(policy: Policy, user: Any, root: str) -> bytes:
        return style.write(Citation.of(policy, root, timezone.localdate())).encode()

    return Document(style.ending, style.label, style.mime, write)


TEXTS = (
    Document("docx", "Word", WORD, _word),
    Document("xml", "Akoma Ntoso", "application/akn+xml", akoma_ntoso),
)
DOCUMENTS = {made.ending: made for made in (*TEXTS, *map(_cited, STYLES))}
