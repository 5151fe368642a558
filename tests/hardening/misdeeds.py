"""Answers of servers, feeds and sitemaps that mean ill."""

HEAD = b"HTTP/1.1 200 So\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
ENDLESS = {
    "a body": (HEAD + b"\r\n", b"x" * 999),
    "chunks": (CHUNKED, b"3e8\r\n" + b"x" * 1000 + b"\r\n"),
    "chunks of a byte": (CHUNKED, b"1\r\nx\r\n"),
    "a chunk of a length below nothing": (CHUNKED + b"-1\r\n", b"x"),
    "a chunk of 2**60 bytes": (CHUNKED + b"1000000000000000\r\n", b"x"),
    "the line of a chunk": (CHUNKED + b"1;", b"x"),
    "what follows the chunks": (CHUNKED + b"0\r\n", b"X-A: b\r\n"),
    "the first line": (b"HTTP/1.1 200 ", b"x"),
    "headers": (HEAD, b"X-A: b\r\n"),
    "a header": (HEAD + b"X-A: ", b"b"),
    "interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "interim answers with headers": (b"", b"HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\n"),
    "noise": (b"", b"\0\xff"),
    "a body with a length of 2**60": (HEAD + b"Content-Length: 1152921504606846976\r\n\r\n", b"x"),
}


SLOW: dict[str, bytes] = {
    "nothing": b"",
    "a first line": b"HTTP/1.1 200" + b" " * 1000,
    "headers": HEAD + b"X-A: b\r\n" * 1000,
    "a body": HEAD + b"\r\n" + b"x" * 1000,
    "a body whose length is told": HEAD + b"Content-Length: 999\r\n\r\n" + b"x" * 999,
    "chunks": CHUNKED + b"1\r\nx\r\n" * 1000,
}


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
ENTITIES = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>',
    "one long entity": f'<!DOCTYPE x [<!ENTITY l9 "{"x" * 100_000}">]>',
    "a file": '<!DOCTYPE x [<!ENTITY l9 SYSTEM "@FILE">]>',
    "a file by a parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "@FILE">%p;<!ENTITY l9 "&p;">]>',
    "an address": '<!DOCTYPE x [<!ENTITY l9 SYSTEM "@URL/entity">]>',
    "an address by a parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "@URL/parameter">%p;]>',
    "a DTD": '<!DOCTYPE x SYSTEM "@URL/dtd">',
    "a public DTD": '<!DOCTYPE x PUBLIC "-//X//Y" "@URL/dtd">',
}
STORY = "/2024/03/05/story"
XML = {
    "feed": "<rss><channel><item><link>@URL/&l9;</link></item>"
    "<item><link>@URL@STORY</link></item></channel></rss>",
    "sitemap": "<urlset><url><loc>@URL/&l9;</loc></url><url><loc>@URL@STORY</loc></url></urlset>",
}


def with_entities(name: str, prefix: str, site: str, file: str) -> str:
    """A feed or a sitemap of a site, with entities that name it or a file."""
    text = f'<?xml version="1.0"?>{ENTITIES[name]}{XML[prefix]}'
    return text.replace("@FILE", file).replace("@STORY", STORY).replace("@URL", site)


def costly(size: int) -> dict[str, str]:
    """Feeds and sitemaps of about so many characters, without an address of a page."""
    return {
        "tags never closed": "<rss>" + "<link a" * (size // 7),
        "links never closed": "<rss>" + "<link>" * (size // 6),
        "attributes without end": "<rss><link " + "a=" * (size // 2),
        "deep": "<?xml?>" + "<a>" * (size // 3),
        "items in items": "<rss>" + "<item>" * (size // 6),
        "html in html": "<html" * (size // 5),
        "a long link": '<html><link rel="alternate" href="' + "feed/" * (size // 5) + '">',
        "deep JSON": '{"items": ' + "[" * size,
        "a long address": "https://site.test/" * (size // 18),
    }
