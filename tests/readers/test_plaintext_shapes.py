"""Raw page text in all its shapes: what is put together and taken apart, and where it stood."""

from itertools import pairwise

import numpy as np
import pytest

from cleanarticle.readers import layout, line_breaks
from cleanarticle.readers.layout import Shape
from cleanarticle.readers.plaintext import read_text
from cleanarticle.records import CELL_BORDER, Block, Role


def texts(text: str) -> list[str]:
    return [block.text for block in read_text(text)]


def roles(text: str) -> list[tuple[str, str]]:
    return [(str(block.role), block.text) for block in read_text(text)]


def standing(text: str) -> list[str]:
    """What stands at the place of each block."""
    return [text[slice(*block.place)] for block in read_text(text) if block.place]


def shape(text: str) -> Shape:
    return layout.shape_of(layout.split(text))


# sentences broken at links -------------------------------------------------

# A menu, a title and a byline; a sentence in text nodes; a paragraph; an end.
PAGES = {
    "en": (
        ["Home", "Tides", "Weather", "Boats", "Ferry late again", "By Ann Lee", "14 May 2021"],
        [
            "The council met on Monday in the hall above the pier to speak about the",
            "old bridge",
            ", which the Harbour Courier had called a danger to every boat in the bay.",
        ],
        "On the next morning the whole village came down to the quay with lanterns and blankets, "
        "and the teacher read out the names of all those who had been aboard, while the bell of "
        "the old church rang and rang until the fog had gone from the bay.",
        ["Comments", "Most read", "© 2021 Harbour Courier"],
    ),
    "de": (
        ["Startseite", "Wetter", "Boote", "Fähre fällt aus", "Von Jana Brück", "2. Mai 2024"],
        [
            "Der Rat der Stadt hat am Montag im Saal über dem Hafen beschlossen, die",
            "alte Brücke",
            "(",
            "Baujahr 1911",
            "), die im Winter beschädigt wurde, bis zum Herbst zu schließen.",
        ],
        "Am nächsten Morgen kam das ganze Dorf mit Laternen und Decken an den Kai hinunter, und "
        "die Lehrerin las die Namen aller vor, die an Bord gewesen waren, während die Glocke der "
        "alten Kirche läutete, bis der Nebel aus der Bucht verschwunden war.",
        ["Kommentare", "Impressum", "Datenschutz"],
    ),
    "fr": (
        ["Accueil", "Météo", "Bateaux", "Le bac en retard", "Par Anne Loy", "2 mai 2024"],
        [
            "Selon le gardien de la jetée, qui tient le journal du port depuis trente ans, la",
            "vieille barque",
            ", que personne n’a revue, était partie sans attendre la cloche de midi.",
        ],
        "Le lendemain matin, tout le village descendit sur le quai avec des lanternes et des "
        "couvertures, et l’institutrice lut les noms de tous ceux qui avaient été à bord, tandis "
        "que la cloche de la vieille église sonnait jusqu’à la nuit.",
        ["Commentaires", "Mentions légales"],
    ),
    "es": (
        ["Inicio", "Tiempo", "Barcos", "El ferry llega tarde", "Por Ana Ruiz", "2 de mayo de 2024"],
        [
            "Según el guarda del muelle, nadie ha vuelto a ver la barca, y la oficina (",
            "abierta hasta el mediodía",
            ") no dice por qué salió tan temprano.",
        ],
        "A la mañana siguiente todo el pueblo bajó al muelle con faroles y mantas, y la maestra "
        "leyó los nombres de todos los que habían estado a bordo, mientras la campana de la vieja "
        "iglesia sonaba y sonaba hasta que la niebla se fue de la bahía.",
        ["Comentarios", "Aviso legal"],
    ),
    "ru": (
        ["Главная", "Погода", "Лодки", "Паром опоздал", "Анна Ли", "2 мая 2024"],
        [
            "По словам человека, который смотрит за пристанью, лодку никто не видел, а контора (",
            "открыта до полудня",
            ") не говорит, почему она ушла так рано.",
        ],
        "На следующее утро вся деревня спустилась на причал с фонарями и одеялами, и учительница "
        "прочла имена всех, кто был на борту, а колокол старой церкви звонил и звонил, пока туман "
        "не ушёл из залива и люди не разошлись по домам.",
        ["Комментарии", "Реклама"],
    ),
    "zh": (
        ["首页", "天气", "船只", "渡轮再次晚点", "记者李安", "2024年5月2日"],
        ["市议会星期一开会，决定关闭去年冬天受损的", "老桥", "，港口的船都要绕行。"],
        "第二天早晨，全村的人都带着灯笼和毯子来到码头，老师念出了船上所有人的名字，老教堂的钟一直响着，"
        "直到海湾上的雾散去，人们才慢慢地回家，谁也没有说话，只有守桥人还站在那里，望着水面。",
        ["评论", "广告"],
    ),
    "ja": (
        ["ホーム", "天気", "渡し船また欠航", "山田花", "2024年5月2日"],
        [
            "市議会は月曜日に集まり、冬に傷んだ",
            "古い橋",
            "を閉じると決め、理由は話さなかった。",
        ],
        "翌朝、村じゅうの人が提灯と毛布を持って岸壁に下りてきて、先生は船に乗っていた全員の名前を読み上げ、"
        "古い教会の鐘は湾の霧が晴れるまで鳴りつづけ、人々はやがて黙って家に帰った。",
        ["コメント", "広告"],
    ),
}
WHOLE = {
    "en": "The council met on Monday in the hall above the pier to speak about the old bridge, "
    "which the Harbour Courier had called a danger to every boat in the bay.",
    "de": "Der Rat der Stadt hat am Montag im Saal über dem Hafen beschlossen, die alte Brücke "
    "(Baujahr 1911), die im Winter beschädigt wurde, bis zum Herbst zu schließen.",
    "fr": "Selon le gardien de la jetée, qui tient le journal du port depuis trente ans, la "
    "vieille barque, que personne n’a revue, était partie sans attendre la cloche de midi.",
    "es": "Según el guarda del muelle, nadie ha vuelto a ver la barca, y la oficina (abierta "
    "hasta el mediodía) no dice por qué salió tan temprano.",
    "ru": "По словам человека, который смотрит за пристанью, лодку никто не видел, а контора "
    "(открыта до полудня) не говорит, почему она ушла так рано.",
    "zh": "市议会星期一开会，决定关闭去年冬天受损的老桥，港口的船都要绕行。",
    "ja": "市議会は月曜日に集まり、冬に傷んだ古い橋を閉じると決め、理由は話さなかった。",
}


@pytest.mark.parametrize("language", PAGES)
def test_a_sentence_broken_at_links_is_put_together_and_nothing_else(language: str) -> None:
    head, nodes, paragraph, end = PAGES[language]
    text = "\n".join([*head, *nodes, paragraph, *end])
    assert shape(text) is Shape.LINES
    assert texts(text) == [*head, WHOLE[language], paragraph, *end]
    assert standing(text)[len(head)] == "\n".join(nodes)


@pytest.mark.parametrize("language", PAGES)
def test_whole_lines_are_left_as_they_are(language: str) -> None:
    head, _nodes, paragraph, end = PAGES[language]
    lines = [*head, WHOLE[language], paragraph, *end]
    assert texts("\n".join(lines)) == lines


JOINED = [
    # what stands above and below the break, and what comes of both
    pytest.param("der alten Brücke", ", die im Winter", "der alten Brücke, die im Winter", id=","),
    pytest.param("le vieux pont", "; la barque", "le vieux pont; la barque", id=";"),
    pytest.param("古い橋", "、番人", "古い橋、番人", id="、"),
    pytest.param("老桥", "，守桥人", "老桥，守桥人", id="，"),
]


@pytest.mark.parametrize(("above", "below", "wanted"), JOINED)
def test_no_block_begins_with_a_comma(above: str, below: str, wanted: str) -> None:
    lines = ["Home", "Tides", "Weather", above, below, "Boats", "Contact"]
    assert wanted in texts("\n".join(lines))


@pytest.mark.parametrize("line", ["Ferry late again.", "Why is it late?", "Tides:", "橋は閉じた。"])
def test_a_line_that_ends_a_sentence_is_not_gone_on_by_a_comma(line: str) -> None:
    lines = ["Home", "Tides", "Weather", line, ", late", "Boats", "Contact"]
    assert line in texts("\n".join(lines))


def test_a_comma_alone_is_no_sentence_that_goes_on() -> None:
    lines = ["Home", "Tides", "Weather", "Boats", ",", "Contact", "Imprint"]
    assert texts("\n".join(lines)) == lines


def test_a_blank_line_parts_what_else_would_go_on() -> None:
    lines = ["Home", "Tides", "Weather", "the old bridge", "", ", which fell", *"ABCDEF"]
    found = texts("\n".join(lines))
    assert shape("\n".join(lines)) is Shape.LINES
    assert "the old bridge" in found
    assert ", which fell" in found


@pytest.mark.parametrize("title", ["Ferry late again", "Fähre fällt aus", "Паром опоздал"])
@pytest.mark.parametrize("byline", ["By Ann Lee", "Von Jana Brück", "14 May 2021 | Ann Lee"])
def test_a_title_is_not_put_together_with_its_byline(title: str, byline: str) -> None:
    paragraph = PAGES["en"][2]
    lines = ["Home", "Tides", title, byline, paragraph, paragraph, "Comments"]
    assert texts("\n".join(lines)) == lines


@pytest.mark.parametrize("marker", ["- ", "• ", "3. ", "12) "])
def test_an_item_does_not_go_on_the_line_above(marker: str) -> None:
    items = [f"{marker}two apples and", f"{marker}bread for the way, which is", f"{marker}long"]
    lines = ["Home", "What to bring to the", *items, "Boats", "Contact", "Imprint"]
    text = "\n".join(lines)
    assert [one.text for one in read_text(text) if one.role is Role.LIST_ITEM] == [
        item.removeprefix(marker) for item in items
    ]
    assert standing(text) == lines


# whatever the trees say ----------------------------------------------------


@pytest.fixture
def all_within(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_breaks, "within", lambda lines: np.ones(len(lines) - 1, bool))


@pytest.fixture
def none_within(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_breaks, "within", lambda lines: np.zeros(len(lines) - 1, bool))


def test_lines_are_put_together_where_the_trees_say_so(all_within: None) -> None:
    lines = ["Home", "渡し", "船", "(", "late", ")", "again", "-"]
    assert texts("\n".join(lines)) == ["Home 渡し船 (late) again -"]
    assert standing("\n".join(lines)) == ["\n".join(lines)]


def test_blank_lines_items_and_rows_begin_a_block_in_any_case(all_within: None) -> None:
    many = "h i j k l m n o p q r s t u v w".split()
    lines = ["Home", "Tides", "- a", "b", "2. c", "d", "Mon | 6", "e", "", "f", "g", *many]
    assert shape("\n".join(lines)) is Shape.LINES
    assert texts("\n".join(lines)) == [
        *("Home Tides", "a b", "c d", "Mon | 6", "e"),
        " ".join(["f", "g", *many]),
    ]


def test_code_behind_a_blank_line_is_not_put_together(all_within: None) -> None:
    text = f"{FERRY}\n\n    x = 1\n    y = 2\n    z = 3\n\n{OFFICE}"
    assert shape(text) is Shape.WRAPPED
    assert roles(text)[1] == ("code", "x = 1\ny = 2\nz = 3")


def test_blank_lines_alone_part_blocks_where_they_are_many(all_within: None) -> None:
    text = "Ferry late\n\nOne line\nand another\n\nA third\n\nA fourth"
    assert shape(text) is Shape.PARAGRAPHS
    assert texts(text) == ["Ferry late", "One line", "and another", "A third", "A fourth"]


def test_full_lines_of_a_wrapped_page_are_put_together_in_any_case(none_within: None) -> None:
    assert texts(f"{FERRY}\n\n{OFFICE}") == [flat(FERRY), flat(OFFICE)]
    assert texts(f"{FERRY}\n{OFFICE}") == [*FERRY.split("\n"), *OFFICE.split("\n")]


@pytest.mark.parametrize("text", ["Home\nTides", "Home\nthe old"])
def test_two_lines_show_no_shape_and_stay_as_they_are(all_within: None, text: str) -> None:
    assert texts(text) == text.split("\n")


# wrapped at a column -------------------------------------------------------

FERRY = """The ferry left the harbour at six and came back with nobody aboard
that morning, and the keeper of the pier wrote so into the book that
he had kept since the war."""
OFFICE = """Nobody on the quay could say why, and the office stayed closed until
the noon bell rang over the bay."""
ITEMS = """What to bring when you go to the island on a day in late autumn, as
the keeper of the pier told those who asked him at the gate:

- a coat that keeps the rain out, since there is no roof on the deck
  and the wind comes from the west
- a lamp with enough oil for the way back, which is longer than what
  the map says

Then wait for the bell and go aboard with all the others who came to
the pier before you did."""
GERMAN = """Die Fähre legte um sechs Uhr ab und kam am Mittag ohne einen einzigen
Menschen zurück, und der Wärter schrieb es in das Buch, das er seit
dem Krieg führte.

Niemand am Kai wusste, warum das so war, und das Amt blieb zu, bis die
Glocke über der Bucht zu Mittag läutete."""


def flat(text: str) -> str:
    return " ".join(text.split())


def test_wrapped_paragraphs_are_put_together() -> None:
    text = f"{FERRY}\n\n{OFFICE}"
    assert shape(text) is Shape.WRAPPED
    assert texts(text) == [flat(FERRY), flat(OFFICE)]
    assert standing(text) == [FERRY, OFFICE]
    german = GERMAN.split("\n\n")
    assert texts(GERMAN) == [flat(one) for one in german]


def test_wrapped_paragraphs_without_blank_lines_are_put_together() -> None:
    text = f"Ferry late again\n{FERRY}\n{OFFICE}"
    assert shape(text) is Shape.LINES
    assert texts(text) == ["Ferry late again", flat(FERRY), flat(OFFICE)]
    assert standing(text) == ["Ferry late again", FERRY, OFFICE]


def test_wrapped_items_are_put_together_and_stay_items() -> None:
    assert shape(ITEMS) is Shape.WRAPPED
    assert roles(ITEMS) == [
        (
            "paragraph",
            "What to bring when you go to the island on a day in late autumn, as the keeper of the "
            "pier told those who asked him at the gate:",
        ),
        (
            "list_item",
            "a coat that keeps the rain out, since there is no roof on the deck and the wind "
            "comes from the west",
        ),
        (
            "list_item",
            "a lamp with enough oil for the way back, which is longer than what the map says",
        ),
        (
            "paragraph",
            "Then wait for the bell and go aboard with all the others who came to the pier before "
            "you did.",
        ),
    ]
    runs = [block.run for block in read_text(ITEMS)]
    assert (runs[1] == runs[2]) & (len(set(runs)) == 3)


def test_a_hyphen_at_the_end_of_a_line_is_kept_and_no_space_put_behind_it() -> None:
    text = """The council met on Monday to speak about the old bridge and the ever-
growing number of boats in the harbour, which the keeper of the pier
counts on each morning of the year, and writes so into his book.

Nobody on the quay could say why, and the office stayed closed until
the noon bell rang over the bay."""
    assert "the old bridge and the ever-growing number of boats" in texts(text)[0]


def test_a_heading_above_a_wrapped_paragraph_stays_alone() -> None:
    text = f"Ferry late again\n\n{FERRY}\n\nThe office\n\n{OFFICE}"
    assert texts(text) == ["Ferry late again", flat(FERRY), "The office", flat(OFFICE)]


def test_code_between_wrapped_paragraphs_keeps_its_lines() -> None:
    code = "    for boat in boats:\n        count += 1"
    text = f"{FERRY}\n\n{code}\n\n{OFFICE}"
    assert roles(text) == [
        ("paragraph", flat(FERRY)),
        ("code", "for boat in boats:\n    count += 1"),
        ("paragraph", flat(OFFICE)),
    ]
    assert standing(text)[1] == code.strip()


# layout --------------------------------------------------------------------

LAYOUT = """
   Harbour Courier

   Ferry late again
   The ferry left the harbour at six and came back with nobody aboard.

   Ask at the pier       or ring the bell.
   Nobody on the quay could say why, and the office stayed closed.

   Monday      6:30    18:30
   Wednesday   7:30    19:30

   Contact
"""


def test_a_page_in_columns_loses_its_indentation_and_its_tables_become_rows() -> None:
    assert shape(LAYOUT) is Shape.LAYOUT
    assert roles(LAYOUT) == [
        ("paragraph", "Harbour Courier"),
        ("paragraph", "Ferry late again"),
        ("paragraph", "The ferry left the harbour at six and came back with nobody aboard."),
        ("paragraph", "Ask at the pier or ring the bell."),  # alone, it is no row
        ("paragraph", "Nobody on the quay could say why, and the office stayed closed."),
        ("table_row", "Monday | 6:30 | 18:30"),
        ("table_row", "Wednesday | 7:30 | 19:30"),
        ("paragraph", "Contact"),
    ]
    assert standing(LAYOUT)[5:7] == ["Monday      6:30    18:30", "Wednesday   7:30    19:30"]


def test_rows_stand_in_one_run() -> None:
    runs = {block.text: block.run for block in read_text(LAYOUT)}
    assert runs["Monday | 6:30 | 18:30"] == runs["Wednesday | 7:30 | 19:30"]
    assert list(runs.values()).count(runs["Monday | 6:30 | 18:30"]) == 2


def test_paragraphs_that_are_indented_and_wrapped_are_put_together() -> None:
    wrapped = f"Ferry late again\n\n{FERRY}\n\n{OFFICE}\n\n{GERMAN}\n\nContact"
    text = "\n".join(f"   {line}" if line else "" for line in wrapped.split("\n"))
    assert shape(text) is Shape.LAYOUT
    assert texts(text) == [flat(one) for one in wrapped.split("\n\n")]
    assert standing(text)[1] == FERRY.replace("\n", "\n   ")


def test_wide_gaps_make_no_cells_where_lines_are_blocks() -> None:
    lines = ["Home", "Monday    6:30", "Tuesday    7:30", *"ABCDEFGH"]
    assert texts("\n".join(lines))[1:3] == ["Monday 6:30", "Tuesday 7:30"]


# all in one line -----------------------------------------------------------

FILLER = "The keeper of the pier wrote so into the book that he had kept since the war. " * 13
FILLER += "So it is."


def one_line(*pieces: str, between: str = " ") -> str:
    """A page in one line, long enough to be read as one."""
    return between.join((*pieces, FILLER))


SENTENCES = [
    pytest.param(["The ferry is late.", "Nobody knows why."], " ", id="full stops"),
    pytest.param(["Why is it late?", "Ask him!", "He knows…", "So they say."], " ", id="?!…"),
    pytest.param(["“It is late.”", "He said so."], " ", id="behind a quotation mark"),
    pytest.param(["(It is late.)", "“He said so.”", "[Sic!]"], " ", id="brackets"),
    pytest.param(["Die Fähre fällt aus.", "Ärger am Kai.", "120 Menschen warten."], " ", id="de"),
    pytest.param(["Паром опоздал.", "Ещё никто не знает почему.", "Ждут все."], " ", id="ru"),
    pytest.param(["渡し船は欠航。", "理由は？", "誰も知らない！"], "", id="without spaces"),
    pytest.param(["「橋は閉じた。」と番人は話した。", "本当？"], "", id="Japanese quotation"),
    pytest.param(["老桥关闭了。", "没有人知道为什么。"], " ", id="zh with spaces"),
    pytest.param(["The ferry is late.", "Nobody knows."], " \t\u00a0 ", id="wide gaps"),
    pytest.param(["It is late.", "¿Quién sabe?", "¡Nadie!"], " ", id="Spanish marks"),
]


@pytest.mark.parametrize(("sentences", "between"), SENTENCES)
def test_a_page_in_one_line_is_cut_at_sentences(sentences: list[str], between: str) -> None:
    text = f"{between.join(sentences)} {FILLER}"
    assert shape(text) is Shape.ONE_LINE
    blocks = read_text(text)
    assert [block.text for block in blocks][: len(sentences)] == sentences
    assert standing(text)[: len(sentences)] == sentences
    assert [block.goes_on for block in blocks] == [False, *[True] * (len(blocks) - 1)]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry is 3.5 metres long",
        "Look at quay.example/late for more",
        "The book, e.g. the old one",
        "Kept by J. P. Moor since then",
        "He left at 6 a.m. and came back",
        "He said “late!” and laughed",
        "In 1911... nothing",
        "The ferry (late?) is here",
    ],
)
def test_a_stop_within_a_sentence_does_not_cut_it(text: str) -> None:
    assert texts(f"{text}. {FILLER}")[0] == f"{text}."


@pytest.mark.parametrize("border", ["»", "›", "|", "·", "►"])
def test_borders_cut_a_page_in_one_line(border: str) -> None:
    text = f"Home {border} Tides {border} Ferry late {FILLER}"
    assert standing(text)[:2] == ["Home", f"{border} Tides"]


def test_bullets_within_a_line_part_it_and_stay_in_the_text() -> None:
    text = f"What to bring: • a coat • a lamp {FILLER}"
    assert [(b.marker, b.text, text[slice(*(b.place or ()))]) for b in read_text(text)][:2] == [
        ("", "What to bring:", "What to bring:"),
        ("", "• a coat", "• a coat"),
    ]


def test_places_in_one_line_bear_signs_that_are_dropped() -> None:
    text = f"\ufeff The fer\u00adry  is\u200b late.  No\u00a0body\x00 knows. {FILLER}"
    assert texts(text)[:2] == ["The ferry is late.", "No body knows."]
    assert standing(text)[:2] == ["The fer\u00adry  is\u200b late.", "No\u00a0body\x00 knows."]


def test_short_lines_beside_the_long_one_begin_anew() -> None:
    text = f"Harbour Courier\n{FILLER} It is late.\nImprint. Contact us."
    found = {block.text: block.goes_on for block in read_text(text)}
    assert found["Harbour Courier"] is False
    assert found["It is late."] is True
    assert (found["Imprint."], found["Contact us."]) == (False, True)


# places in all shapes ------------------------------------------------------

SHAPES = {
    "lines": "\n".join([*PAGES["en"][0], *PAGES["en"][1], PAGES["en"][2], *PAGES["en"][3]]),
    "lines, no spaces": "\n".join([*PAGES["ja"][0], *PAGES["ja"][1], *PAGES["ja"][3]]),
    "paragraphs": f"Ferry late\n\n{flat(FERRY)}\n\n- one\n-  two\n3.\tthree\n\n{flat(OFFICE)}",
    "table": f"{flat(FERRY)}\n\nMon | 6\nTue  |  7\n\n{flat(OFFICE)}",
    "code": f"{flat(FERRY)}\n\n    if x:\n\ty()\n\n    z()  \n\n{flat(OFFICE)}",
    "wrapped": f"{FERRY}\n\n{OFFICE}",
    "wrapped items": ITEMS,
    "layout": LAYOUT,
    "one line": one_line("Home » Tides", "The ferry is late.", "Why? 1. Ask. • Wait.", "Go."),
    "labelled day": f"date 2021-12-15 Ferry late\n{flat(FERRY)}\n{flat(OFFICE)}",
    "a word": "Ferry",
}
MESS = str.maketrans({"e": "\u00ade\u200b", "n": "\x00n", " ": " \u00a0"})


def kept(text: str) -> str:
    """The signs of a text that are seen."""
    return "".join(text[place] for place in layout.signs(text))


def shown(block: Block) -> str:
    """The signs of a block that stand on the page: no marker, and no border put between cells."""
    text = block.text if block.role is not Role.TABLE_ROW else block.text.replace(CELL_BORDER, "")
    return "".join(text.split())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028"], ids=ascii)
@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_a_block_is_what_stands_at_its_place(text: str, end: str) -> None:
    check_places(text.replace("\n", end))


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_signs_that_are_dropped_do_not_shift_places(text: str) -> None:
    check_places(f"\ufeff\n{text.translate(MESS)}\n \u200b")


def check_places(text: str) -> None:
    """Blocks are what stands at their places, which rise and leave out nothing."""
    blocks = read_text(text)
    places = [block.place or (-1, -1) for block in blocks]
    assert blocks
    for block, (start, end) in zip(blocks, places, strict=True):
        found = kept(text[start:end])
        if block.role is Role.TABLE_ROW:
            found = found.replace("|", "")
        assert found.endswith(shown(block))
        marker = found.removesuffix(shown(block))
        assert marker in ({"-", "•"} if block.marker == "-" else {block.marker})
    assert all(start < end for start, end in places)
    assert all(above[1] <= below[0] for above, below in pairwise(places))
    assert sum(len(kept(text[start:end])) for start, end in places) == len(kept(text))
