"""Bytes to text: which encoding wins, and what becomes of damaged bytes."""

import codecs
import gzip

import pytest

from cleanarticle.errors import UnreadableInput
from cleanarticle.readers.decode import PIECE_BYTES, decode, is_utf8

RUSSIAN = "Река поднялась за ночь, и мост у старой мельницы закрыли."
JAPANESE = "川は一晩で増水し、古い橋は通行止めになった。"
CHINESE = "河水一夜之间上涨,旧桥已经关闭。"
CURLY = "The “old” mill – it costs 5 €"


def meta(label: str, text: str, encoding: str) -> bytes:
    return f'<meta charset="{label}"><p>{text}</p>'.encode(encoding)


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        pytest.param(codecs.BOM_UTF8, "utf-8", id="utf-8"),
        pytest.param(codecs.BOM_UTF16_LE, "utf-16-le", id="utf-16-le"),
        pytest.param(codecs.BOM_UTF16_BE, "utf-16-be", id="utf-16-be"),
    ],
)
@pytest.mark.parametrize("header", ["", "text/html; charset=windows-1251"])
def test_a_bom_is_taken_off_and_beats_the_header(bom: bytes, encoding: str, header: str) -> None:
    assert decode(bom + RUSSIAN.encode(encoding), header) == RUSSIAN


@pytest.mark.parametrize("label", ["unicode-escape", "raw_unicode_escape", "utf-7", "idna"])
def test_a_codec_that_would_rewrite_the_text_is_no_encoding(label: str) -> None:
    text = r"<p>Café \u0041 \& +AEE-</p>"
    assert decode(f'<meta charset="{label}">{text}'.encode("cp1252")).endswith(text)


def test_a_bom_in_the_middle_is_no_bom() -> None:
    assert decode("a\ufeffб".encode()) == "a\ufeffб"


@pytest.mark.parametrize(
    ("label", "text", "encoding"),
    [
        ("gb2312", CHINESE + "镕", "gb18030"),
        ("gbk", CHINESE + "㐀", "gb18030"),
        ("shift_jis", JAPANESE, "cp932"),
        ("x-sjis", JAPANESE + "①", "cp932"),
        ("euc-jp", JAPANESE, "euc_jp"),
        ("windows-1251", RUSSIAN, "cp1251"),
        ("koi8-r", RUSSIAN, "koi8_r"),
        ("iso-8859-1", CURLY, "cp1252"),
        ("latin1", CURLY, "cp1252"),
        ("us-ascii", CURLY, "cp1252"),
        ("iso-8859-9", "Şehir ‘ağır’ yağmur gördü", "cp1254"),
        ("euc-kr", "강물이 밤새 불어났다. 뷁", "cp949"),
        ("big5", "河水一夜之間上漲", "big5hkscs"),
        ("utf-16", CURLY, "utf-8"),
        ("windows-1252", CURLY, "cp1252"),
    ],
)
def test_a_meta_label_means_what_browsers_take_it_for(label: str, text: str, encoding: str) -> None:
    assert f"<p>{text}</p>" in decode(meta(label, text, encoding))


@pytest.mark.parametrize(
    "declaration",
    [
        b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        b"<META CHARSET=windows-1251>",
        b"<meta charset = 'windows-1251' />",
        b'<?xml version="1.0" encoding="windows-1251"?>',
        b"<script>" + b"x" * 3000 + b'</script><meta charset="windows-1251">',
    ],
)
def test_declarations_are_read_in_all_their_forms(declaration: bytes) -> None:
    assert decode(declaration + RUSSIAN.encode("cp1251")).endswith(RUSSIAN)


def test_the_header_beats_the_meta_declaration() -> None:
    data = meta("windows-1251", RUSSIAN, "koi8_r")
    assert RUSSIAN in decode(data, "text/html; charset=koi8-r")
    assert RUSSIAN not in decode(data)


def test_an_unknown_header_label_leaves_it_to_the_meta_declaration() -> None:
    data = meta("windows-1251", RUSSIAN, "cp1251")
    assert RUSSIAN in decode(data, "text/html; charset=no-such-thing")


@pytest.mark.parametrize("label", ["windows-1251", "iso-8859-1", "shift_jis", "utf-16"])
def test_valid_utf8_wins_over_a_wrong_declaration(label: str) -> None:
    assert RUSSIAN in decode(meta(label, RUSSIAN, "utf-8"), f"text/html; charset={label}")


def test_seven_bit_japanese_is_read_where_it_is_declared() -> None:
    data = meta("iso-2022-jp", JAPANESE, "iso2022_jp")
    assert JAPANESE in decode(data)
    assert JAPANESE not in decode(data.replace(b"iso-2022-jp", b"utf-8"))


@pytest.mark.parametrize("label", ["no-such-thing", "x-user-defined", ""])
def test_an_unknown_label_leaves_it_to_the_statistics(label: str) -> None:
    text = " ".join([RUSSIAN] * 8)
    assert text in decode(meta(label, text, "cp1251"))


def test_undeclared_bytes_are_recognised() -> None:
    text = " ".join([JAPANESE] * 8)
    assert decode(text.encode("cp932")) == text


def test_one_broken_byte_in_utf8_costs_one_sign() -> None:
    data = RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()
    assert decode(data) == RUSSIAN + "\ufffd" + RUSSIAN


def test_a_cut_off_last_sign_costs_one_sign() -> None:
    assert decode(RUSSIAN.encode() + "я".encode()[:1]) == RUSSIAN + "\ufffd"


def test_bytes_that_the_declared_encoding_lacks_become_replacement_signs() -> None:
    data = b'<meta charset="windows-1252">caf\xe9 \x81 bar'
    assert decode(data).endswith("café \ufffd bar")


@pytest.mark.parametrize(("data", "text"), [(b"", ""), (b"a", "a"), (b"\xef\xbb\xbf", "")])
def test_tiny_input_is_text(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize("data", [b"\xff", b"\x80", b"\xff\xfe\x41", b"\xc3", b"\x1b$B"])
def test_lone_bytes_give_few_signs_and_no_error(data: bytes) -> None:
    assert len(decode(data)) <= len(data)


def test_gzip_is_unpacked_and_then_decoded() -> None:
    data = meta("windows-1251", RUSSIAN, "cp1251")
    assert decode(gzip.compress(data)) == decode(data)


def test_gzip_in_several_members_is_one_text() -> None:
    assert decode(gzip.compress(b"one, ") + gzip.compress(b"two")) == "one, two"


def test_cut_off_gzip_gives_what_could_be_read() -> None:
    text = "".join(f"<p>Line {number} of the story.</p>" for number in range(5000))
    packed = gzip.compress(text.encode())
    got = decode(packed[: len(packed) // 2])
    assert text.startswith(got)
    assert len(got) > 1000


def test_gzip_broken_from_its_start_is_unreadable() -> None:
    with pytest.raises(UnreadableInput, match="gzip data"):
        decode(b"\x1f\x8b" + b"no gzip at all")


@pytest.mark.parametrize(
    "label", ["hex", "base64", "rot13", "zlib", "idna", "undefined", "utf-32", "utf-7"]
)
def test_a_label_that_is_no_encoding_of_pages_is_passed_over(label: str) -> None:
    assert "caf" in decode(f'<meta charset="{label}"><p>caf'.encode() + b"\xe9</p>")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_bom_is_told_by_its_zeros(encoding: str) -> None:
    assert decode("<p>Hello there</p>".encode(encoding)) == "<p>Hello there</p>"


@pytest.mark.parametrize("text", ["plain", RUSSIAN, JAPANESE, "\ufffd", "\U0001f600", "a\ufeff"])
@pytest.mark.parametrize("shift", range(4))
def test_utf_8_is_told_however_its_signs_fall_into_pieces(text: str, shift: int) -> None:
    many = "x" * shift + text * (3 * PIECE_BYTES // len(text))
    for data in (text.encode(), many.encode()):
        assert is_utf8(data)
        assert data.decode() == decode(data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(RUSSIAN.encode("cp1251"), id="another encoding"),
        pytest.param("é".encode()[:1], id="cut off"),
        pytest.param(b"x" * PIECE_BYTES + b"\xc3", id="cut off behind a piece"),
        pytest.param("\ud800".encode("utf-8", "surrogatepass"), id="surrogate"),
        pytest.param(codecs.BOM_UTF8 + b"x", id="BOM"),
        pytest.param("wide".encode("utf-16-le"), id="utf-16"),
        pytest.param(meta("iso-2022-jp", JAPANESE, "iso2022_jp"), id="iso-2022-jp"),
        pytest.param(meta("hz-gb-2312", CHINESE, "hz"), id="hz"),
    ],
)
def test_what_may_be_something_else_is_not_taken_for_utf_8(data: bytes) -> None:
    assert not is_utf8(data)
