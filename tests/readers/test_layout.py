"""Raw text in lines, with their places, and the shape of a page."""

import pytest

from cleanarticle.readers import layout
from cleanarticle.readers.layout import Line, Shape

# lines and where they stand -----------------------------------------------

ENDS = ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0c", "\x0b", "\x1c", "\x85"]
KEPT = ["Ferry late", "Die Fähre fällt aus", "渡し船は欠航", "Паром опоздал"]


def only(text: str) -> Line:
    (line,) = layout.split(text)
    return line


@pytest.mark.parametrize("end", ENDS, ids=ascii)
@pytest.mark.parametrize("last", ["", "end"])
def test_the_place_of_a_line_is_that_in_the_text_handed_over(end: str, last: str) -> None:
    text = end.join(KEPT) + end * bool(last)
    lines = layout.split(text)
    assert [line.text for line in lines] == KEPT
    assert [text[line.start : line.end] for line in lines] == KEPT
    assert [line.gap for line in lines] == [True, False, False, False]


@pytest.mark.parametrize(
    ("text", "tidy", "standing"),
    [
        ("  Ferry late \t", "Ferry late", "Ferry late"),
        ("Ferry \t late", "Ferry late", "Ferry \t late"),
        ("\u3000渡し\u3000船", "渡し 船", "渡し\u3000船"),
        ("so\u00adft\u200bly", "softly", "so\u00adft\u200bly"),
        ("\ufeffFerry", "Ferry", "\ufeffFerry"),
        ("a\u00a0 b", "a b", "a\u00a0 b"),
        ("a\x00b\x07", "ab", "a\x00b\x07"),
        ("a\ud800b", "a\ufffdb", "a\ud800b"),
    ],
)
def test_signs_that_are_dropped_do_not_shift_places(text: str, tidy: str, standing: str) -> None:
    line = only(text)
    assert (line.text, text[line.start : line.end]) == (tidy, standing)
    before, line = layout.split(f"One\r\n\r\n{text}\nend")[:2]
    whole = f"One\r\n\r\n{text}\nend"
    assert (line.text, whole[line.start : line.end]) == (tidy, standing)
    assert (before.gap, line.gap) == (True, True)


@pytest.mark.parametrize("blank", ["\n", " \t \n", "\u200b\n", "\u00ad\ufeff\n", "\x00\n", "\x0c"])
def test_a_line_without_a_sign_is_blank(blank: str) -> None:
    lines = layout.split(f"one\n{blank}two\nthree")
    assert [(line.text, line.gap) for line in lines] == [
        ("one", True),
        ("two", True),
        ("three", False),
    ]


@pytest.mark.parametrize("text", ["", "\n \n", "\u200b", "\ufeff\r\n\x00"])
def test_text_without_a_sign_has_no_lines(text: str) -> None:
    assert layout.split(text) == []


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("a bc", [0, 2, 3]),
        ("\ta\u00a0b\n", [1, 3]),
        ("so\u00adf\u200bt", [0, 1, 3, 5]),
        ("a\x00b\x1fc", [0, 2, 4]),
        ("川 は\u3000。", [0, 2, 4]),
        ("a\ud800", [0, 1]),
        ("", []),
    ],
)
def test_signs_are_those_that_lines_keep(text: str, positions: list[int]) -> None:
    assert layout.signs(text) == positions
    assert len(positions) == sum(len(line.text.replace(" ", "")) for line in layout.split(text))


@pytest.mark.parametrize(
    ("raw", "indent", "is_code"),
    [
        ("Ferry", 0, False),
        ("   Ferry", 3, False),
        ("    x = 1", 4, True),
        ("\tx = 1", 4, True),
        ("  \tx = 1", 4, False),
        ("\u200b  Ferry", 2, False),
    ],
)
def test_indentation_is_counted_in_columns(raw: str, indent: int, is_code: bool) -> None:
    line = only(raw)
    assert (line.indent, line.is_code) == (indent, is_code)


@pytest.mark.parametrize(
    ("text", "is_item"),
    [
        ("• Ferry", True),
        ("  - Ferry", True),
        ("12) Ferry", True),
        ("3. Mai 2021", False),
        ("– Ferry", False),
        ("Ferry", False),
    ],
)
def test_a_line_knows_whether_it_is_an_item(text: str, is_item: bool) -> None:
    assert only(text).is_item is is_item


# columns and cells --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", 0),
        ("Fähre", 5),
        ("渡し船", 6),
        ("渡し船 12", 9),
        ("ｱｲｳ", 3),  # of half a width
        ("ＡＢ", 4),
        ("паром", 5),
        ("여객선", 6),
    ],
)
def test_wide_signs_take_two_columns(text: str, wanted: int) -> None:
    assert layout.columns(text) == wanted


def test_the_width_of_a_page_is_that_of_its_longest_line() -> None:
    assert layout.width_of(layout.split("Ferry\n  late today  \n渡し船")) == len("  late today")
    assert layout.width_of([]) == 0


@pytest.mark.parametrize(
    ("above", "below", "width", "full"),
    [
        ("a" * 10, "tide table", 15, False),  # 10 + 1 + 4 fit
        ("a" * 11, "tide table", 15, True),
        ("a" * 11, "t", 15, False),
        ("渡" * 5, "船 は", 13, False),  # 10 + 1 + 2
        ("渡" * 5, "船 は", 12, True),
    ],
)
def test_a_line_is_full_where_the_next_word_would_not_fit(
    above: str, below: str, width: int, full: bool
) -> None:
    assert layout.is_full(above, below, width) is full


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Monday    6:30", ["Monday", "6:30"]),
        ("  Monday   6:30\tlate ", ["Monday", "6:30", "late"]),
        ("Monday  6:30", ["Monday 6:30"]),
        ("Monday", ["Monday"]),
        ("月曜日   六時", ["月曜日", "六時"]),
    ],
)
def test_three_spaces_or_a_tab_part_cells(text: str, wanted: list[str]) -> None:
    assert layout.cells(only(text)) == wanted


def test_a_row_keeps_its_place() -> None:
    text = "Tides\n Monday    6:30 \n"
    line = layout.split(text)[1]
    row = layout.as_row(line, layout.cells(line))
    assert row.text == "Monday | 6:30"
    assert text[row.start : row.end] == "Monday    6:30"
    assert row.raw == line.raw


# shapes -------------------------------------------------------------------

SENTENCE = "The ferry left the harbour at six and came back with nobody aboard that morning."
OTHER = "Nobody on the quay could say why, and the office stayed closed until the noon bell."
GERMAN = "Die Fähre legte um sechs Uhr ab und kam am Mittag ohne einen einzigen Menschen zurück."
MENU = ["Home", "Ferries", "Tides", "Weather", "Boats", "Contact"]
WRAPPED = """The ferry left the harbour at six and came back with nobody aboard
that morning, and the keeper of the pier wrote so into the book that
he had kept since the war.

Nobody on the quay could say why, and the office stayed closed until
the noon bell rang over the bay."""
WRAPPED_CLOSE = WRAPPED.replace("\n\n", "\n")
POEM = """Over the water the evening
comes with its lanterns and bells,

nobody waits at the landing,
nobody asks what it tells,

only the tide at the ladder
counting the rungs and the shells."""
LAYOUT = """
   Harbour Courier

   Ferry late again

   The ferry left the harbour at six and came back with nobody aboard.

   Nobody on the quay could say why, and the office stayed closed.

   More of it: tides, weather
   Contact"""
DEEP = "\n\n".join(f"        {text}" for text in (SENTENCE, OTHER, GERMAN)) + "\n\nHome"
CODE = """Count the boats

The count begins at nought and goes on by one for each boat that is seen.

    boats = 0
    for boat in seen():
        boats += 1
    print(boats)
    log.info("done")
    return boats

That is all there is to it, and nothing more is needed on most quays of the bay."""
MOSTLY_CODE = "Count\n\n" + "\n".join(
    f"    boats[{n}] = count({n}); total += {n}" for n in range(9)
)
WORDY_CODE = "Count\n\n" + "\n".join(
    f"    if boats[{n}] is not None and the tide is in: boats[{n}] += 1" for n in range(9)
)
NESTED = "\n".join(f"- boat number {n}\n  - its sail" for n in range(8))


def one_line(words: int) -> str:
    return " ".join(["ferry"] * words)


SHAPES = [
    pytest.param("\n".join([*MENU, SENTENCE, OTHER]), Shape.LINES, id="a line a block"),
    pytest.param("\n".join([*MENU, "", SENTENCE, OTHER]), Shape.LINES, id="one blank line"),
    pytest.param("\n\n".join([SENTENCE, OTHER]), Shape.PARAGRAPHS, id="blank lines"),
    pytest.param("\n\n".join(MENU), Shape.PARAGRAPHS, id="short blocks parted by blank lines"),
    pytest.param(f"{SENTENCE}\n\n- one\n- two\n- three\n\n{OTHER}", Shape.PARAGRAPHS, id="a list"),
    pytest.param(WRAPPED, Shape.WRAPPED, id="wrapped"),
    pytest.param(POEM, Shape.PARAGRAPHS, id="a poem is not wrapped"),
    pytest.param(LAYOUT, Shape.LAYOUT, id="shallow indentation"),
    pytest.param(DEEP, Shape.LAYOUT, id="deep indentation of prose"),
    pytest.param(CODE, Shape.PARAGRAPHS, id="prose with code is no layout"),
    pytest.param(MOSTLY_CODE, Shape.PARAGRAPHS, id="a body mostly of code is no layout"),
    pytest.param(WORDY_CODE, Shape.PARAGRAPHS, id="wordy code is no layout"),
    pytest.param(NESTED, Shape.PARAGRAPHS, id="nested items are no layout"),
    pytest.param(one_line(200), Shape.ONE_LINE, id="200 words in a line"),
    pytest.param("渡し船は遅れた。" * 60, Shape.ONE_LINE, id="a line without spaces"),
    pytest.param("渡し船は遅れた。" * 40, Shape.PARAGRAPHS, id="two signs are a word"),
    pytest.param(f"Home\n{one_line(200)}\n© Courier", Shape.ONE_LINE, id="with a menu and an end"),
    pytest.param(one_line(199), Shape.PARAGRAPHS, id="199 words in a line"),
    pytest.param("\n\n".join([SENTENCE] * 4), Shape.PARAGRAPHS, id="few short paragraphs"),
    pytest.param("\n\n".join([one_line(200)] * 2), Shape.PARAGRAPHS, id="two long paragraphs"),
    pytest.param("Ferry late", Shape.PARAGRAPHS, id="a single short line"),
    pytest.param("", Shape.PARAGRAPHS, id="nothing"),
]


@pytest.mark.parametrize(("text", "shape"), SHAPES)
def test_the_shape_of_a_page(text: str, shape: Shape) -> None:
    assert layout.shape_of(layout.split(text)) is shape


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028"], ids=ascii)
@pytest.mark.parametrize(("text", "shape"), SHAPES)
def test_line_ends_do_not_change_the_shape(text: str, shape: Shape, end: str) -> None:
    assert layout.shape_of(layout.split(text.replace("\n", end))) is shape


@pytest.mark.parametrize(
    ("words", "others", "is_one"),
    [(200, 0, True), (199, 0, False), (300, 20, True), (300, 30, False), (200, 20, True)],
)
def test_one_line_holds_nearly_all(words: int, others: int, is_one: bool) -> None:
    lines = [one_line(words), *[one_line(10)] * (others // 10)]
    assert layout.is_one_line(layout.split("\n".join(lines))) is is_one


@pytest.mark.parametrize(("indented", "is_layout"), [(4, False), (5, True)])
def test_layout_needs_several_shallow_lines(indented: int, is_layout: bool) -> None:
    lines = [*["  Tides"] * indented, *["Ferry"] * 20]
    assert layout.is_layout(layout.split("\n".join(lines))) is is_layout


@pytest.mark.parametrize(("plain", "is_layout"), [(45, True), (60, False)])
def test_a_few_shallow_lines_on_a_long_page_are_no_layout(plain: int, is_layout: bool) -> None:
    lines = [*["  Tides"] * 5, *["Ferry"] * plain]
    assert layout.is_layout(layout.split("\n".join(lines))) is is_layout


WRAPS = {
    "parted by blank lines": (WRAPPED, True),
    "without any": (WRAPPED_CLOSE, True),
    "wide signs": ("\n".join(["渡し船は六時に港を出て、" * 3] * 5), True),
    "half as many signs": ("\n".join(["渡し船は六時に港を出て誰も乗せずに"] * 5), False),
    "verses": (POEM, False),
    "too few lines": ("\n".join([SENTENCE, OTHER, GERMAN]), False),
    "enough lines of one length": ("\n".join([SENTENCE, OTHER] * 2), True),
    "paragraphs of one length": ("\n\n".join([SENTENCE, OTHER] * 2), False),
    "lines of one word": (WRAPPED.replace(" ", ""), False),
    "lines too long": ("\n".join([SENTENCE * 2] * 5), False),
    "lines too short": ("\n".join(["The ferry left at six"] * 9), False),
    "items": ("\n".join(f"- {line}" for line in WRAPPED.splitlines() if line), False),
    "code": ("\n".join(f"    {line}" for line in WRAPPED.splitlines()), False),
}


@pytest.mark.parametrize(("text", "wrapped"), WRAPS.values(), ids=WRAPS.keys())
def test_lines_are_wrapped_where_the_next_word_did_not_fit(text: str, wrapped: bool) -> None:
    assert layout.is_wrapped(layout.split(text)) is wrapped


def test_blank_lines_are_counted() -> None:
    lines = layout.split("One\n\n\nTwo\nThree\n\nFour")
    assert [(line.text, line.gap, line.blank) for line in lines] == [
        ("One", True, 0),
        ("Two", True, 2),
        ("Three", False, 0),
        ("Four", True, 1),
    ]


def test_a_long_paragraph_between_blank_lines_is_no_page_in_one_line() -> None:
    text = f"Ferry late\n\n{one_line(300)}"
    assert layout.shape_of(layout.split(text)) is Shape.PARAGRAPHS
