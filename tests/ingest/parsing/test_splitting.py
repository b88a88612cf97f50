from ingest.parsing.joining import read_line
from ingest.parsing.splitting import split_line


def parts(text):
    return [part.text for part in split_line(read_line(text, 5))]


def test_the_points_of_an_articles_list():
    assert parts("第一条 应当具备下列条件：（一）有场所；（二）有人员。") == [
        "第一条 应当具备下列条件：",
        "（一）有场所；",
        "（二）有人员。",
    ]


def test_two_points_on_one_line():
    assert parts("（三）有场所；　　（四）有人员。") == ["（三）有场所；　　", "（四）有人员。"]


def test_an_article_behind_another():
    assert parts("由站点决定。 第三条 站点应当公示。") == ["由站点决定。 ", "第三条 站点应当公示。"]


def test_a_heading_and_its_first_subsection():
    assert parts("二、重点任务 （一）建站点。建站。") == ["二、重点任务 ", "（一）建站点。建站。"]


def test_points_within_a_sentence_stay():
    for text in (
        "第二条 依照本办法第一条第（一）项办理。",
        "（二）符合前款（三）规定的；",
        "近年来，（一）驿站；（二）站点。",
    ):
        assert parts(text) == [text]


def test_parts_keep_line_and_columns():
    line = "第一条 条件：（一）甲；（二）乙。"
    for part in split_line(read_line(line, 5)):
        (piece,) = part.pieces
        assert piece.line == 5
        assert line[piece.column :].startswith(piece.text)
