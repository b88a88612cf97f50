"""Topics: told by the title, or by enough clauses."""

from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.topics import Topic, TopicReader

COMPUTING = Topic("computing-power", "算力", ("算力", "数据中心"))
AI = Topic("ai", "人工智能", ("人工智能", "AI"))


def topics_of(title, *clauses, topics=(COMPUTING, AI)):
    reader = TopicReader(topics)
    return reader.find(title, [reader.topics_in(clause) for clause in clauses])


def test_a_term_in_the_title_is_enough():
    assert topics_of("示例省算力行动计划", "甲。") == ["computing-power"]


def test_so_are_enough_clauses_of_all():
    speaking = ["建设数据中心。"] * 3
    assert topics_of("示例方案", *speaking, *["其他。"] * 5) == ["computing-power"]
    assert topics_of("示例方案", *speaking, *["其他。"] * 40) == []
    assert topics_of("示例方案", *speaking[:2]) == []


def test_the_titles_topics_come_first_then_the_most_spoken_of():
    texts = ["算力"] * 5 + ["人工智能"] * 3
    assert topics_of("示例方案", *texts, topics=(AI, COMPUTING)) == ["computing-power", "ai"]
    assert topics_of("人工智能方案", *texts) == ["ai", "computing-power"]


def test_latin_terms_stand_alone_in_either_case():
    assert TopicReader([AI]).topics_in("发展ai应用") == ["ai"]
    assert TopicReader([AI]).topics_in("RAID阵列") == []


def test_the_fixture_names_some_twenty_topics_once_each():
    topics = Gazetteer.from_fixtures().topics
    assert len(topics) >= 20
    assert len({topic.slug for topic in topics}) == len({topic.name for topic in topics}) == len(topics)
    assert all(topic.terms and len(set(topic.terms)) == len(topic.terms) for topic in topics)
