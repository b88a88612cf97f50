"""Which version of a record a client saw: the ETag of an editor's answer, and If-Match of a write.

The tag is `"<version>-<digest of the answer>"`.  The digest makes it exact for those who ask whether anything in the
answer changed; a write compares the version alone, which is what the record itself holds (`version_of`): what moves
beside it, a policy's `updated_at` or the place of a clause, is in nobody's way.
"""

from hashlib import sha256
from typing import Any

from django.utils.http import parse_etags
from rest_framework.exceptions import ParseError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from policies.actions.editing import version_of
from policies.api.errors import VersionRequired

ANY = "*"
NONE = ""  # is no version
WEAK = "W/"


def tag_of(version: str, record: Any) -> str:
    """The ETag of a row in this version that is told as `record`."""
    digest = sha256(JSONRenderer().render(record)).hexdigest()
    return f'"{version}-{digest[:16]}"'


def seen_version(request: Request, row: Any) -> str | None:
    """What the client saw, for `seen` of an action: None where he takes any version.

    Raises VersionRequired where it is not said, ParseError where what is said is no tag, or only weak ones (RFC 9110).
    """
    header = request.headers.get("If-Match")
    if header is None:
        raise VersionRequired
    tags = parse_etags(header)
    if ANY in tags:
        return None
    if not tags:
        raise ParseError("If-Match 应为读到的 ETag，连同它的引号；不论现在如何都要改的，带上 *。")
    strong = [tag for tag in tags if not tag.startswith(WEAK)]
    if not strong:
        raise ParseError(
            "If-Match 不能是弱的 ETag（W/ 开头），那是压缩答复的代理改写的；请以 Accept-Encoding: identity 读取。"
        )
    versions = [tag.strip('"').partition("-")[0] for tag in strong]
    now = version_of(row)
    return now if now in versions else NONE
