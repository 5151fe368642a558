"""Markup at random, of the pieces that parsers stumble over."""

import random

LETTERS = "aſKİıé日\u00a0\u3000\ufffe\uffff\U0001f600"
PIECES = (
    *(
        "<a ",
        "<p>",
        "</p>",
        '<b class="',
        "<i id='",
        "<img src=",
        "<ſ",
        "<K",
        "<İ",
        "<!",
        "</",
        "<",
    ),
    *(
        "<!--",
        "-->",
        "<!-->",
        "--",
        "<!---->",
        "<![CDATA[",
        "]]>",
        "<script>",
        "<script ",
        "</script",
    ),
    *("</scrİpt", "<scrıpt>", "<style>", "</style>", "<xmp", "</XMP>", "<TextArea>", "</textarea"),
    *("<styles>", "<script-x>", "<scripté>", "<1>", '"', "'", "=", '="', "='", '= "', "=\u00a0'"),
    *(
        "=\u2003'",
        '=\n"',
        ">",
        ">",
        '">',
        "'>",
        "/>",
        " ",
        " ",
        "\n",
        "\t\x0b",
        "\x00",
        "\x1f",
        "\x7f",
    ),
    *("\x85", "\x80", "\x9f", "\u2028", "</body>", "</HTML >", "</body\u3000\u205f\x85>", "</html"),
    *(
        "</bo\x00dy>",
        "</body/>",
        "</hTmL\u200b>",
        "x" * 30,
        "y " * 15,
        "a=b ",
        "data-x=1 ",
        "data:==",
        *LETTERS,
    ),
)


def markups(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    few = chance.sample(PIECES, 12)  # else no piece would meet itself
    return [
        "".join(chance.choices(chance.choice((few, PIECES)), k=chance.randrange(1, 60)))
        for _ in range(count)
    ]
