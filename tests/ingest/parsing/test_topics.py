"""Topics: told by the title, or by enough clauses."""

from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.topics import Topic, find_topics, topics_in
from tests.ingest.parsing.outlines import outline

COMPUTING = Topic("computing-power", "算力", ("算力", "数据中心"))
AI = Topic("ai", "人工智能", ("人工智能", "AI"))


def test_a_term_in_the_title_is_enough():
    assert find_topics("示例省算力行动计划", outline("甲。"), [COMPUTING, AI]) == ["computing-power"]


def test_so_are_enough_clauses_of_all():
    speaking = ["建设数据中心。"] * 3
    assert find_topics("示例方案", outline(*speaking, *["其他。"] * 5), [COMPUTING, AI]) == ["computing-power"]
    assert find_topics("示例方案", outline(*speaking, *["其他。"] * 40), [COMPUTING, AI]) == []
    assert find_topics("示例方案", outline(*speaking[:2]), [COMPUTING, AI]) == []


def test_the_titles_topics_come_first_then_the_most_spoken_of():
    texts = ["算力"] * 5 + ["人工智能"] * 3
    assert find_topics("示例方案", outline(*texts), [AI, COMPUTING]) == ["computing-power", "ai"]
    assert find_topics("人工智能方案", outline(*texts), [COMPUTING, AI]) == ["ai", "computing-power"]


def test_latin_terms_stand_alone_in_either_case():
    assert topics_in("发展ai应用", [AI]) == ["ai"]
    assert topics_in("RAID阵列", [AI]) == []


def test_the_fixture_names_some_twenty_topics_once_each():
    topics = Gazetteer.from_fixtures().topics
    assert len(topics) >= 20
    assert len({topic.slug for topic in topics}) == len({topic.name for topic in topics}) == len(topics)
    assert all(topic.terms and len(set(topic.terms)) == len(topic.terms) for topic in topics)
