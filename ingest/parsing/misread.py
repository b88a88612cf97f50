"""Letters and digits that OCR took for each other in well-known terms: 1Pv6 is IPv6, IOG-PON is 10G-PON."""

import re
from itertools import product

TERMS = (
    "IPv4", "IPv6", "10G", "10GE", "10GPON", "100G", "100GE", "200G", "400G", "800G", "PON", "OLT", "OTN",
    "IoT", "AIoT", "IIoT", "VoLTE", "LoRa", "IDC", "ICT", "ISO", "IEC", "API", "GIS", "BIM", "CIM",
    "COD", "BOD", "VOCs", "PM10",
)  # fmt: skip
LOOK_ALIKE = {"0": "0Oo", "O": "O0", "o": "o0", "1": "1Il", "I": "I1l"}
MEANT = {
    misread: term
    for term in TERMS
    for misread in map("".join, product(*(LOOK_ALIKE.get(char, char) for char in term)))
    if misread not in TERMS
}
ANCHORS = "PGTCSBVR"  # every term has one of them, and none is taken for another
TOKEN = re.compile(r"[A-Za-z0-9]{3,}")


def repaired(text: str) -> str:
    """`text` with the terms as they are meant; its length and every offset stay."""
    if not any(anchor in text for anchor in ANCHORS):  # the most of them: far cheaper than to look at every word
        return text
    return TOKEN.sub(lambda token: MEANT.get(token[0], token[0]), text)
