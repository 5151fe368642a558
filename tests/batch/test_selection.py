"""The expressions that select rows: what they mean, and what is refused."""

import pickle
from typing import Any

import pytest

from cleanarticle import OptionError
from cleanarticle.batch.row import COLUMNS
from cleanarticle.batch.selection import MAX_CHARACTERS, parse

ROW: dict[str, Any] = dict.fromkeys(COLUMNS) | {
    "id": "page-1",
    "position": 7,
    "status": "ok",
    "title": "After the rain",
    "date": "2024-03-05",
    "authors": ["Ana Ruiz", "Bo Ek"],
    "body": "",
    "page_type": "article",
    "confidence": 0.85,
    "words": 0,
}

MEANINGS = [
    # expression,                                            holds
    ('page_type == "article" and confidence > 0.8',          True),
    ('page_type == "article" and confidence > 0.9',          False),
    ('page_type == "forum" or confidence > 0.8',             True),
    ('page_type == "forum" or confidence > 0.9',             False),
    ('not page_type == "forum"',                             True),
    ('page_type != "article"',                               False),
    ("0.5 < confidence <= 0.85",                             True),
    ("0.5 < confidence < 0.85",                              False),
    ("0 < confidence > 0.5 < position",                      True),
    ("confidence >= 0.85 > 0.85",                            False),
    ("position == 7 and -1 < position",                      True),
    ("position == 7.0",                                      True),
    ("position > -8 and position < 8.5",                     True),
    ('date >= "2024-01-01"',                                 True),
    ('"2024-03-05" <= date < "2024-03-06"',                  True),
    ('date < "2024-03-05"',                                  False),
    ('"Ana Ruiz" in authors',                                True),
    ('"Ana" in authors',                                     False),  # a list: whole names
    ('"Ana" not in authors',                                 True),
    ('"rain" in title',                                      True),  # a text: a part of it
    ('"Rain" in title',                                      False),
    ('"2024-03" in date',                                    True),
    ('status in ("ok", "empty")',                            True),
    ('status in ["failed", "empty"]',                        False),
    ('status not in ("failed",)',                            True),
    ("position in (-7, 7)",                                  True),
    ("language in (None, 'en')",                             True),
    ("status in ()",                                         False),
    ("page_type in title",                                   False),
    ("language == None",                                     True),
    ("language != None",                                     False),
    ("title and authors",                                    True),  # are known
    ("language",                                             False),
    ("not language and not words",                           True),
    ("True",                                                 True),
    ("False or not True",                                    False),
    ("  (status == 'ok')  # all that is well",               True),
    # what is missing or of another type has no order, and is in nothing
    ("language < 'x'",                                       False),
    ("language > 'x'",                                       False),
    ("not language < 'x'",                                   True),
    ("language <= None",                                     False),
    ("authors < authors",                                    False),
    ("'rain' in language",                                   False),
    ("'rain' not in language",                               True),
    ("5 in title",                                           False),
    ("None in title",                                        False),
    ("authors in ('Ana Ruiz', 'Bo Ek')",                     False),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "holds"), MEANINGS)
def test_an_expression_means_what_it_says(expression: str, holds: bool) -> None:
    assert parse(expression)(ROW) is holds


@pytest.mark.parametrize(("expression", "_holds"), MEANINGS)
def test_no_row_makes_an_expression_raise(expression: str, _holds: bool) -> None:
    test = parse(expression)
    values: list[Any] = [None, "", "x", 0, -1.5, float("nan"), True, [], ["x"], [None], {}, b"x"]
    for value in values:
        assert test(dict.fromkeys(COLUMNS, value)) in (True, False)
    assert test({}) in (True, False)


REFUSED = [
    # expression,                              what is told
    ("",                                       "it is empty"),
    (" \n ",                                   "it is empty"),
    ("status = 'ok'",                          "it is no expression; equality is written =="),
    ("status == ",                             "it is no expression"),
    ("status == 'ok'; id",                     "it is no expression"),
    ("import os",                              "it is no expression"),
    ("status == 'ok'\nid == 'x'",              "it is no expression"),
    ("status == 'a\0'",                        "it "),
    ("title == '\ud83d'",                      "it cannot be read"),
    ("headline == 'x'",                        "headline is no column; the columns are id,"),
    ("status == ok",                           "ok is no column"),
    ("'x' in keywords",                        "keywords is no column"),
    ("__import__",                             "__import__ is no column"),
    ("len(body) > 5",                          "a call is not taken here"),
    ("exec('x')",                              "a call is not taken here"),
    ("title.upper() == 'X'",                   "a call is not taken here"),
    ("title.upper == 'X'",                     "an attribute is not taken here"),
    ("().__class__",                           "an attribute is not taken here"),
    ("authors[0] == 'Ana'",                    "a subscript is not taken here"),
    ("words * 2 > 5",                          "arithmetic is not taken here"),
    ("9 ** 9 ** 9 > words",                    "arithmetic is not taken here"),
    ("title == f'{id}'",                       "an f-string is not taken here"),
    ("lambda: 1",                              "a lambda is not taken here"),
    ("[a for a in authors]",                   "listcomp is not taken here"),
    ("title == [a for a in authors]",          "listcomp is not taken here"),
    ("(words := 5) > 3",                       "an assignment is not taken here"),
    ("words if title else id",                 "a choice with if is not taken here"),
    ("(words > 5) == True",                    "a comparison in brackets is not taken here"),
    ("(title or id) == 'x'",                   "and, or is not taken here"),
    ("title is None",                          "identity is not compared: write =="),
    ("title is not None",                      "identity is not compared: write =="),
    ("'ok' in 'ok or not'",                    "on the right of in stands a list"),
    ("status in {'ok'}",                       "on the right of in stands a list"),
    ("status in ('ok', title)",                "name is not taken here"),
    ("status in (*authors,)",                  "starred is not taken here"),
    ("5 in words",                             "words is a number, and nothing is in it"),
    ("status == 'ok' or 'empty'",              "'empty' stands where a comparison is wanted"),
    ("not 5",                                  "5 stands where a comparison is wanted"),
    ("None",                                   "None stands where a comparison is wanted"),
    ("...",                                    "Ellipsis stands where a comparison is wanted"),
    ("title == b'x'",                          "a value of type bytes is not taken here"),
    ("words == 5j",                            "a value of type complex is not taken here"),
    ("words == ...",                           "a value of type ellipsis is not taken here"),
    # what would select nothing, or all
    ("confidence > '0.5'",                     "confidence is a number, not '0.5'"),
    ("'7' != position",                        "position is a number, not '7'"),
    ("title > 5",                              "title is a text, not 5"),
    ("confidence < True",                      "confidence is a number, not True"),
    ("authors == 'Ana Ruiz'",                  "authors is a list: write 'Ana Ruiz' in authors"),
    ("status == 'OK'",                         "status is one of ok, empty, failed,"),
    ("page_type == 'artcle'",                  "page_type is one of article,"),
    ("date >= '01.02.2024'",                   "date is a day such as '2024-05-31'"),
    ("words > +5",                             "unaryop is not taken here"),
    ("words > ~5",                             "unaryop is not taken here"),
    ("words > --5",                            "unaryop is not taken here"),
    ("words > -'5'",                           "unaryop is not taken here"),
    ("words == (1, 2)",                        "tuple is not taken here"),
    ("{}",                                     "dict is not taken here"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "told"), REFUSED)
def test_anything_else_is_refused_in_one_sentence(expression: str, told: str) -> None:
    with pytest.raises(OptionError) as caught:
        parse(expression)
    said = str(caught.value)
    assert said.startswith(f"cannot select by {expression!r}: {told}")
    assert "\n" not in said


def test_long_and_deep_expressions_are_refused() -> None:
    full = "status == 'ok'" + " " * (MAX_CHARACTERS - 14)
    assert parse(full)(ROW)
    with pytest.raises(OptionError, match=r"status == .*….: it has 1001 characters"):
        parse(full + " ")
    assert parse("not " * 40 + "title")(ROW)
    for deep in ("not " * 41 + "title", "not " * 240 + "title"):
        with pytest.raises(OptionError, match="more than 40 levels deep"):
            parse(deep)
    for deep in ("(" * 499 + ")" * 499, "[" * 999, "-" * 990 + "1", "title." * 160 + "x"):
        with pytest.raises(OptionError, match="cannot select by"):
            parse(deep)


def test_a_wide_expression_is_taken() -> None:
    test = parse(" or ".join(["position == 8"] * 55) + " or position == 7")
    assert test(ROW)
    assert not test(ROW | {"position": 9})


def test_an_escape_that_python_does_not_know_is_no_warning() -> None:
    assert parse(r"'\d' not in title")(ROW)


def test_the_error_travels_between_processes() -> None:
    with pytest.raises(OptionError) as caught:
        parse("open('x')")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
