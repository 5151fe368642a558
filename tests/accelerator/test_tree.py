"""The compiled reader of trees gives what the one in Python gives, whatever the tree."""

import gc
import pickle
import random
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from cases import pages
from cleanarticle import readers
from cleanarticle.accelerator import REFERENCES
from cleanarticle.readers import tree

twin = pytest.importorskip("cleanarticle.accelerator._tree").read_blocks
HTML_PAGES = [page for page in pages() if page.suffix == ".html"]

# Text that lies at an edge: white space and unseen signs of all sorts, marks, other scripts.
TEXTS = (
    "the ferry left the harbour at six and came back with nobody aboard that day",
    "quay", "Nobody waited.", " ", "\n  ", "", "\u00a0", "\u200b", "\u00ad", "a\u00adb", "\u0085",
    "\u3000海の上\u3000", "船は六時に港を出た。", "İstanbul ılık", "e\u0301\u0302", "नाव",
    "\u2028x\u2029", "🚢 🛟", "\U0002070e", "\ufeff", "\u2060 \u2060", "\u1680", "\u205f.", "\x1c",
    "\x7f", "é\x7f", "é\x1f b", "\ufffd", "• ", "• one", "- two", "* * *", "3. ", "14) berths",
    "14. May 2021", "١. قارب", "‣", "-", "\t tab\x0bbed\x0c", "a  b \n c", "x" * 300,
)  # fmt: skip
INLINE = "a b i em strong code span small sub time u var wbr math".split()
BLOCKS = (
    "p div section li ul ol dl dt dd h1 h2 h6 pre blockquote table tr td th button label noscript "
    "dialog article my-card option xmp hr figcaption"
).split()
OTHERS = ("br", "br", "script", "svg", "img", "template", "input")
NAMES = (
    "hidden", "sr-only", "d-none d-md-flex", "share-bar", "relatedPosts", "RSSFeed site__header",
    "ABc aBC A a", "col-md-6 id42", "поделиться", "é hidden", "", " ", "HTMLBody\tX",
    "x" * 399 + " hidden", "ß-ſ-K", "a" * 500, "Ünder hidden", "\x1chidden", "lead\u00a0hidden",
)  # fmt: skip
VALUES = {
    "class": NAMES,
    "id": NAMES,
    "role": ("main", "Complementary", "NAVİGATION", "", "x" * 600),
    "hidden": ("", "hidden", "Until-Found", "until-found ", "untıl-found"),
    "aria-hidden": ("true", "TRUE", "false", "truе", ""),
    "style": ("display:none", "DISPLAY : none", "color:red", "vi\u017fibility:hidden", "x" * 2001),
    "open": ("", "open"),
    "href": ("/quay", "", "/käse", "https://example.org/a?b=1&c=2"),
    "start": ("4", "-2", "x", " 7 ", "٣", "1_0", "9999999", ""),
    "itemprop": ("articleBody", "", "Ώρα"),
    "aria-label": ("Share this", "x" * 500),
    "data-type": ("tools",),
    "title": ("nothing that is read",),
}  # fmt: skip


def same(root: Any) -> None:
    wanted, found = REFERENCES["tree.read_blocks"](root), twin(root)
    assert found == wanted
    assert repr(found) == repr(wanted)  # types too


def page(text: str) -> Any:
    root, _notes = tree.parse(text)
    return root


def attributes(dice: random.Random) -> dict[str, str]:
    some = dice.sample(list(VALUES), dice.choice((0, 0, 1, 1, 2, 4)))
    return {name: dice.choice(VALUES[name]) for name in some}


def text(dice: random.Random) -> str:
    return "".join(dice.choice(TEXTS) for _ in range(dice.choice((0, 1, 1, 2))))


def markup(dice: random.Random, depth: int = 0) -> str:
    """Markup as a page may have it: unclosed, misnested, with all kinds of text."""
    parts = []
    for _ in range(dice.randint(1, 5)):
        tag = dice.choice(dice.choice((INLINE, BLOCKS, OTHERS)))
        listed = "".join(f' {n}="{v}"' for n, v in attributes(dice).items())
        inside = markup(dice, depth + 1) if depth < 5 and dice.random() < 0.7 else text(dice)
        end = f"</{tag}>" if dice.random() < 0.9 else ""
        aside = dice.choice(("", "", "<!-- aside -->", "<?pi x?>"))
        parts.append(f"{text(dice)}<{tag}{listed}>{text(dice)}{inside}{end}{aside}{text(dice)}")
    return "".join(parts)


def grown(dice: random.Random) -> Any:
    """A tree as a caller may have built it: any element in any other, names of namespaces."""
    root = etree.Element("div")
    nodes = [root]
    for _ in range(dice.randint(1, 60)):
        parent = dice.choice(nodes[-6:])
        tag = dice.choice(dice.choice((INLINE, BLOCKS, OTHERS, ["{urn:x}p", "{urn:x}br", "ö"])))
        new = dice.choice((etree.Comment("c"), etree.PI("pi"), etree.Entity("quay")))
        if dice.random() < 0.9:
            new = etree.Element(tag, nsmap={None: "urn:x"} if tag.startswith("{") else None)
            for name, value in attributes(dice).items():
                new.set(dice.choice((name, name, name, f"{{urn:y}}{name}")), plain(value))
            new.text = plain(text(dice))
            nodes.append(new)
        parent.append(new)
        new.tail = plain(text(dice))
    return root


def plain(text: str) -> str:
    """The text without the signs that a tree does not take."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")


@pytest.mark.parametrize("path", HTML_PAGES, ids=lambda path: path.parent.name)
def test_the_pages_of_the_cases(path: Path) -> None:
    same(page(readers.open_page(path).text or ""))


@pytest.mark.parametrize("seed", range(300))
def test_pages_of_tricky_pieces(seed: int) -> None:
    dice = random.Random(seed)
    root = page(f"<body>{markup(dice)}")
    if root is not None:
        same(root)
        for element in dice.sample(list(root.iter("*")), 1 if len(root) == 0 else 2):
            same(element)


@pytest.mark.parametrize("seed", range(300))
def test_trees_of_tricky_pieces(seed: int) -> None:
    root = grown(random.Random(seed))
    for element in root.iter("*"):
        same(element)


@pytest.mark.parametrize(
    "sign", [*range(1, 0x250), *range(0x1FF0, 0x2070), 0x3000, 0xFEFF, 0x1F6A2]
)
def test_single_signs(sign: int) -> None:
    for one in (chr(sign), f"a{chr(sign)}b", f"é{chr(sign)} {chr(sign)}b"):
        root = etree.Element("div")
        child = etree.SubElement(root, "pre")
        try:
            root.text = child.text = one
        except ValueError:
            continue
        child.set("class", f"a{one}Bc hidden{one}")
        etree.SubElement(root, "span", hidden="").text = one
        same(root)


XML = [
    "<div>one<![CDATA[ two ]]>three<p><![CDATA[]]></p></div>",
    "<!DOCTYPE d [<!ENTITY q 'quay'>]><d>a &q; b<p class='x &q;'>c &q;</p></d>",
    "<!DOCTYPE d [<!ENTITY q 'q'><!-- c --><!ATTLIST p class CDATA 'hidden'>]><d>&q;<p>x</p></d>",
    "<d xmlns='urn:x' xmlns:h='urn:y'>a<h:p h:class='hidden'>b</h:p><br/><b hidden=''>c</b></d>",
    "<d xml:id='a' class='b'>x<?pi y?>z<!-- c -->w</d>",
    "<script>x</script>",
    "<br>x</br>",
    "<span hidden=''>x<p>y</p></span>",
    "<a href='/x'>one<b> two</b> <i>three</i></a>",
]


@pytest.mark.parametrize("source", XML)
@pytest.mark.parametrize("resolved", [True, False])
def test_trees_of_xml(source: str, resolved: bool) -> None:
    parser = etree.XMLParser(resolve_entities=resolved, strip_cdata=False, no_network=True)
    root = etree.fromstring(source, parser)
    for element in root.iter("*"):
        same(element)


def test_an_entity_that_is_left_in_a_tree_is_no_text_and_what_follows_is_read_once() -> None:
    parser = etree.XMLParser(resolve_entities=False)
    root = etree.fromstring("<!DOCTYPE p [<!ENTITY q 'quay'>]><p>one &q; two</p>", parser)
    (block,), _containers = twin(root)
    assert block.text == "one two"


def test_included_text_joins_the_text_around_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("two ", "utf-8")
    inclusion = '<i:include xmlns:i="http://www.w3.org/2001/XInclude" parse="text" href="a.txt"/>'
    root = etree.fromstring(f"<p>one {inclusion}x</p>", base_url=f"{tmp_path}/")
    root.getroottree().xinclude()
    same(root)


def test_only_what_is_in_the_element_is_read() -> None:
    root = html.fromstring("<div>a<p>b<i>c</i></p>d<p>e</p>f</div>")
    (block,), containers = twin(root[0])
    assert block.text == "bc"
    assert [container.tag for container in containers] == ["", "p"]


def test_records_are_like_others() -> None:
    blocks, containers = twin(page("<main><p>see <a href='/x'>the quay</a></p></main>"))
    for record in (*blocks, *containers, *blocks[0].spans, blocks[0].markup):
        assert pickle.loads(pickle.dumps(record)) == record
        assert hash(record) == hash(pickle.loads(pickle.dumps(record)))
        with pytest.raises(FrozenInstanceError):
            setattr(record, record.__slots__[0], None)


@pytest.mark.parametrize(
    ("node", "error"), [(etree.Comment("aside"), ValueError), ("text", TypeError)]
)
def test_what_is_no_element_is_left_to_the_reference(node: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        twin(node)


@pytest.mark.parametrize(
    "source",
    [
        "<p>" + "word " * 1_000_000,
        "<p>" + "\u00a0é" * 500_000,
        "<p " + " ".join(f"x{n}=1" for n in range(5_000)) + ">x",
        "<p class='" + "ab cD " * 100_000 + "'>x",
        "<ul>" + "<li><a href=/x>y</a>" * 20_000,
        "<p>" + "a<br>" * 20_000,
        "<p>" + "<a href=/x>y</a><b>z</b>" * 20_000,
        "<p>" + "<span hidden>y</span>z" * 20_000,
        "<table><tr>" + "<td>x" * 10_000,
        "<div>" * 3_000 + "x",
    ],
    ids=lambda source: source[:12],
)
def test_large_pages(source: str) -> None:
    same(page(source))


def test_many_attributes_and_deep_trees() -> None:
    many = " ".join(f"x{n}=''" for n in range(50_000))
    root = etree.fromstring(f"<div {many} class='hidden'/>", etree.XMLParser(huge_tree=True))
    deepest = root
    for _ in range(10_000):
        deepest = etree.SubElement(deepest, "div")
    deepest.text = "x"
    same(root)
    blocks, containers = twin(root)
    assert (len(blocks), len(containers)) == (1, 251)


def test_the_collector_is_left_as_it_was() -> None:
    root = page("<p>The ferry left.</p>")
    twin(root)
    assert gc.isenabled()
    gc.disable()
    try:
        twin(root)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_more_different_attributes_than_are_kept() -> None:
    many = "".join(f'<p class="lamp-{n % 1500}" id="x">Lamp {n}.</p>' for n in range(3000))
    same(page(f"{many}<p class='x'></p><p id='x'>a</p><dialog>b</dialog><dialog x=1>c</dialog>"))
