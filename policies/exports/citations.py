"""How a policy, or one of its clauses, is cited: GB/T 7714—2015, BibTeX and RIS."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.encoding import uri_to_iri

from policies.models import Policy, Provision

BIBTEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_"}
    | {"\\": r"\textbackslash{}", "~": r"\~{}", "^": r"\^{}"}
    | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}  # \{ counts as a brace: alone it never closes the field
)


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited, where and when it was read.

    `place` is the clause's path (第二章/第八条), empty for the whole policy; `url` is its whole address.
    """

    policy: Policy
    url: str
    read_on: date
    place: str = ""

    @classmethod
    def of(cls, cited: Policy | Provision, root: str, read_on: date) -> "Citation":
        """`root` is the site's address, such as https://example.org."""
        url = f"{root}{cited.get_absolute_url()}"
        if isinstance(cited, Policy):
            return cls(cited, url, read_on)
        return cls(cited.policy, url, read_on, cited.path.replace("/", ""))

    @property
    def gbt7714(self) -> str:
        """发布机关. 题名: 文号[EB/OL]. (发布日期): 条款[引用日期]. 网址."""
        policy = self.policy
        issuers = self._issuers()
        author = f"{', '.join(issuers[:3])}{', 等' if len(issuers) > 3 else ''}. " if issuers else ""
        number = f": {policy.doc_number}" if policy.doc_number else ""
        kind = "R/OL" if policy.kind == Policy.Kind.REPORT else "EB/OL"
        day = self._day()
        issued = f"({day.isoformat()})" if day else ""
        place = ": ".join(filter(None, (issued, self.place)))
        return f"{author}{policy.title}{number}[{kind}]. {place}[{self.read_on.isoformat()}]. {uri_to_iri(self.url)}."

    @property
    def bibtex(self) -> str:
        policy, day = self.policy, self._day()
        fields = {
            "author": " and ".join(f"{{{_tex(name)}}}" for name in self._issuers()),
            "title": f"{{{_tex(policy.title)}}}",
            "number": _tex(policy.doc_number),
            "year": str(day.year) if day else "",
            "month": str(day.month) if day else "",
            "note": _tex(self.place),
            "url": self.url,
            "urldate": self.read_on.isoformat(),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@misc{{{self._key()},\n{lines}}}\n"

    @property
    def ris(self) -> str:
        policy, day = self.policy, self._day()
        rows = [
            ("TY", "RPRT" if policy.kind == Policy.Kind.REPORT else "GOVDOC"),
            *(("AU", name) for name in self._issuers()),
            ("TI", policy.title),
            ("M1", policy.doc_number),
            ("PY", str(day.year) if day else ""),
            ("DA", day.strftime("%Y/%m/%d") if day else ""),
            ("SE", self.place),
            ("UR", self.url),
            ("Y2", self.read_on.strftime("%Y/%m/%d")),
        ]
        return "".join(f"{tag}  - {_line(value)}\n" for tag, value in rows if value) + "ER  - \n"

    def _issuers(self) -> list[str]:
        return [issuer.agency.name for issuer in self.policy.issuers.all()]

    def _day(self) -> date | None:
        """The document's own day, never that of the digest's issue."""
        return self.policy.issued_on or self.policy.adopted_on or self.policy.effective_on

    def _key(self) -> str:
        """ASCII, since BibTeX's keys are: policy12 or policy12-art-8."""
        anchor = self.url.partition("#")[2]
        plain = unicodedata.normalize("NFKD", anchor).encode("ascii", "ignore").decode()
        return "-".join([f"policy{self.policy.pk}", *re.findall("[A-Za-z0-9]+", plain)])


@dataclass(frozen=True, slots=True)
class Style:
    """A file of citations by its ending; `write` gives what stands in it for one."""

    ending: str
    label: str
    mime: str
    write: Callable[[Citation], str]


STYLES = (
    Style("txt", "GB/T 7714", "text/plain; charset=utf-8", lambda cited: f"{cited.gbt7714}\n"),
    Style("bib", "BibTeX", "application/x-bibtex; charset=utf-8", lambda cited: cited.bibtex),
    Style("ris", "RIS", "application/x-research-info-systems; charset=utf-8", lambda cited: cited.ris),
)


def _tex(text: str) -> str:
    return _line(text).translate(BIBTEX)


def _line(text: str) -> str:
    return " ".join(text.split())
