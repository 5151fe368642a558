"""Words in scripts with and without spaces."""

import pytest

from cleanarticle.language.words import count, mask_number, tokens


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One, two.", ["one", "two"]),
        ("", []),
        ("-- … !", []),
        ("don't stop’s", ["don't", "stop's"]),
        ("'quoted'", ["quoted"]),
        ("H2O 42", ["h", "2", "o", "42"]),
        ("3.5", ["3", "5"]),
        ("well-known", ["well", "known"]),
        ("Straße", ["strasse"]),
        ("ÉTÉ", ["été"]),
        ("ﬁn", ["fin"]),
        ("東京へ 行く", ["東", "京", "へ", "行", "く"]),
        ("コーヒー", ["コ", "ー", "ヒ", "ー"]),
        ("강물이 밤새", ["강물이", "밤새"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("مُحَمَّد قال", ["مُحَمَّد", "قال"]),
        ("עֲרָבִית", ["עֲרָבִית"]),
        ("Река, мост", ["река", "мост"]),
        ("e\u0301te\u0301 a", ["e\u0301te\u0301", "a"]),
        ("Radio東京west", ["radio", "東", "京", "west"]),
    ],
)
def test_words_are_casefolded_and_in_order(text: str, wanted: list[str]) -> None:
    assert list(tokens(text)) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [("İSTANBUL", "istanbul"), ("ISLAK", "ıslak"), ("ISLAK", "islak"), ("It’s", "it's")],
)
def test_forms_of_one_word_give_one_token(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)


def test_different_accents_give_different_tokens() -> None:
    assert tokens("café") != tokens("cafe")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", 0),
        ("...", 0),
        ("one two three", 3),
        ("été à Évry", 3),
        ("東京", 1),
        ("東京都", 2),
        ("東京 one", 2),
        ("강물이 밤새", 2),
        ("เรือ", 2),
        ("in 2024", 2),
    ],
)
def test_two_signs_of_a_script_without_spaces_count_as_one_word(text: str, wanted: int) -> None:
    assert count(text) == wanted


@pytest.mark.parametrize(("token", "wanted"), [("42", "#"), ("٤٢", "#"), ("a", "a"), ("4a", "4a")])
def test_numbers_are_masked_and_words_are_not(token: str, wanted: str) -> None:
    assert mask_number(token) == wanted
