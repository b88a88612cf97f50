"""Clauses of a law's sentences."""

from ingest.parsing.clauses import masked, sentences_of


def words(text):
    return [[clause.words for clause in clauses] for clauses in sentences_of(text)]


def test_sentences_are_cut_at_full_stops_and_clauses_at_commas():
    assert words("运营者终止服务的，应当公告；不得拖延。另行规定") == [
        ["运营者终止服务的", "应当公告"],
        ["不得拖延"],
        ["另行规定"],
    ]


def test_brackets_titles_and_quotes_are_left_whole():
    assert words("驿站（含仓库，下同）、《驿站法，附则》和“先到，先得”的规则，照旧") == [
        ["驿站（含仓库，下同）、《驿站法，附则》和“先到，先得”的规则", "照旧"]
    ]


def test_a_bracket_that_is_not_closed_ends_with_its_sentence():
    assert words("甲（乙，丙。丁，戊") == [["甲（乙，丙"], ["丁", "戊"]]


def test_a_clause_knows_its_place():
    [clauses] = sentences_of("甲，乙丙")
    assert [(clause.start, clause.end) for clause in clauses] == [(0, 1), (2, 4)]


def test_masked_words_keep_their_length():
    assert masked("县（市、区（含镇））《法》厅") == "县□□□□□□□□□□□□厅"
