"""The language of a text, and codes of declared languages."""

import pytest

from cleanarticle.language.detect import code, detect

SENTENCES = {
    "en": "The ferry left the harbour at six and it was late for the second time",
    "de": "Die Fähre ist heute nicht in den Hafen gekommen und das war nicht gut",
    "fr": "Le bac est parti dans la nuit et il est revenu avec des sacs",
    "es": "El barco no ha llegado al puerto y los vecinos están en la plaza",
    "pt": "O barco não chegou ao porto e os vizinhos estão na praça",
    "it": "Il traghetto non è arrivato in porto e i vicini sono nella piazza",
    "nl": "De veerboot is niet in de haven aangekomen en dat was niet het eerste",
    "sv": "Färjan kom inte till hamnen och det var inte första gången som den",
    "fi": "Lautta ei tullut satamaan ja se ei ollut ensimmäinen kerta kun",
    "pl": "Prom nie przyszedł do portu i to nie był pierwszy raz",
    "tr": "Feribot bu sabah limana gelmedi ve bu ilk kez olmadı",
    "ru": "Паром не пришёл в порт, и это было не в первый раз",
    "uk": "Поїзд не прийшов у порт і це було не вперше для нас що",
    "vi": "Tàu không đến cảng và đó không phải là lần đầu tiên của năm",
    "ar": "السفينة لم تصل إلى الميناء في هذا اليوم",
    "fa": "کشتی به بندر نرسید و این اولین بار نبود که این اتفاق",
    "el": "Το πλοίο δεν ήρθε",
    "he": "האונייה לא הגיעה",
    "ja": "川は一晩で増水し、橋は通行止めになった",
    "zh": "河水一夜之间上涨旧桥已经关闭",
    "ko": "강물이 밤새 불어났다 그리고 다리가 닫혔다",
    "th": "เรือไม่มา",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_recognised(language: str) -> None:
    assert detect(SENTENCES[language]) == language


@pytest.mark.parametrize(
    "text", ["", " ", "123 456", "...", "Kubernetes Docker Git", "xyzzy plugh frobnicate"]
)
def test_text_without_function_words_has_no_language(text: str) -> None:
    assert detect(text) is None


def test_a_few_foreign_words_do_not_change_the_language() -> None:
    assert detect(SENTENCES["en"] + " 東京 и это") == "en"
    assert detect(SENTENCES["ru"] + " the new Windows update") == "ru"


def test_a_few_kana_among_ideographs_make_japanese_and_none_make_chinese() -> None:
    assert detect("東京都知事選挙の結果が発表") == "ja"
    assert detect("東京都知事選挙結果発表") == "zh"


@pytest.mark.parametrize(
    ("declared", "wanted"),
    [
        ("en", "en"),
        ("EN", "en"),
        (" pt-BR ", "pt"),
        ("en_US", "en"),
        ("zh-Hans-CN", "zh"),
        ("fil", "fil"),
        ("english", None),
        ("e", None),
        ("de, en", None),
        ("", None),
        (None, None),
    ],
)
def test_a_declared_language_is_cut_to_its_code(declared: str | None, wanted: str | None) -> None:
    assert code(declared) == wanted
