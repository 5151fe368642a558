"""The words, names, days and signs that made-up pages and texts consist of."""

SCRIPTS: dict[str, tuple[str, ...]] = {
    "latin": tuple(
        "the harbour council said on Monday that a ferry would run again after repairs and no "
        "one was hurt because of it. However, residents still wait for their bridge; what now?"
        " œuvre naïve straße łódź ığdır".split()
    ),
    "cyrillic": tuple(
        "в понедельник совет порта сообщил, что паром снова пойдёт после ремонта и никто не "
        "пострадал. Однако жители всё ещё ждут мост; що далі? љубав ѓавол".split()
    ),
    "greek": tuple(
        "το συμβούλιο του λιμανιού είπε ότι το πλοίο θα ξεκινήσει ξανά. ὁ ἄνθρωπος;".split()
    ),
    "arabic": tuple(
        "قال مجلس الميناء يوم الاثنين إن العبّارة ستعود بعد الإصلاح، ولم يُصب أحد. ماذا؟ ۱۲۳".split()
    ),
    "hebrew": tuple("מועצת הנמל אמרה ביום שני כי המעבורת תשוב לפעול. בְּרֵאשִׁית".split()),
    "devanagari": tuple("बंदरगाह परिषद ने सोमवार को कहा कि नौका फिर चलेगी। क्षत्रिय १२".split()),
    "han": (
        "港务局周一表示，",
        "渡轮将于维修后恢复。",
        "没有人受伤。",
        "居民",
        "仍在",
        "等待新桥",
        "「然而」",
        "𠮷野家",
    ),
    "kana": (
        "港の協議会は",
        "月曜日に、",
        "フェリーが再開すると",
        "発表した。",
        "ｶﾀｶﾅ",
        "（編集部）",
        "です。",
    ),
    "hangul": tuple("항만 위원회는 월요일에 여객선이 다시 운항한다고 밝혔다. 한글".split()),
    "thai": ("สภาท่าเรือกล่าวเมื่อวันจันทร์ว่า", "เรือข้ามฟาก", "จะกลับมา", "ฯลฯ"),
    "many": (
        "abc",
        "где",
        "港",
        "ماء",
        "क्षि",
        "한",
        "ไทย",
        "Ω",
        "ß",
        "ﬁ",
        "１２",
        "٣",
        "½",
        "²",
        "x_y",
    ),
}
DATES = (
    *("12 May 2024", "May 12, 2024", "2024-05-12", "2024-05-12T10:00:00Z", "12.05.2024", "5/12/24"),
    *("2024-05-12T25:61:00+99:99", "0000-00-00", "31 February 2023", "99999-01-01", "1999", "2038"),
    *(
        "2024年5月12日",
        "令和6年5月12日",
        "12 мая 2024 г.",
        "12 مايو 2024",
        "१२ मई 2024",
        "2567-05-12",
    ),
    *("12. Mai 2024", "le 12 mai 2024", "12 de mayo de 2024", "2024년 5월 12일", "۱۴۰۳/۰۲/۲۳"),
    *("3 hours ago", "vor 2 Tagen", "yesterday", "hace 999999999 días", "1715508000", "-1", "NaN"),
    *("Sun, 12 May 2024 10:00:00 +0000", "20240512", "12 May 20 24", "Updated: 9999-12-31"),
    *("2024-W19-7", "2024-133", "1e400", "٢٠٢٤-٠٥-١٢", "2024-05-12T10:00:00.123456789-23:59"),
)
BYLINES = (
    *("By Ann Lee", "by ann lee and Bo Chan", "BY ANN LEE", "Von Jörg Müller", "Par Élodie Noël"),
    *(
        "Автор: Иван Петров",
        "作者：王伟",
        "記者 山田太郎",
        "بقلم: ليلى حسن",
        "글 김민수 기자",
        "Por José Núñez",
    ),
    *("By", "By  ", "Ann Lee, Bo Chan & Cy Day | Staff", "Redaktion", "Text: ", "By @ann_lee"),
    *(
        "Written by <Ann>",
        "By Ann Lee Updated 12 May 2024 4 min read",
        "By A. B. C. D. E. F. G. H.",
    ),
    *(
        "लेखक: राम",
        "© 2024 Ann Lee / Harbour News",
        "By a@b.example",
        "By Ann\u00a0Lee",
        "מאת רות כהן",
    ),
)
PROMPTS = (
    *("Share", "Tweet", "Subscribe to our newsletter", "Read more", "Read also: The old pier"),
    *("Leave a comment", "3 comments", "Reply", "Accept all cookies", "Home > News > Harbour"),
    *(
        "Advertisement",
        "Photo: Bo Chan",
        "All rights reserved.",
        "Play video 0:42",
        "Sign in",
        "Menu",
    ),
    *(
        "Related articles",
        "Most read",
        "Tags: ferry, harbour",
        "Teilen",
        "Подписаться",
        "もっと読む",
    ),
    *(
        "اشترك",
        "分享到",
        "» Next",
        "1 2 3 4 …",
        "This article is for subscribers only.",
        "|",
        "•",
        "—",
    ),
)
BULLETS = (
    "- ",
    "* ",
    "• ",
    "1. ",
    "2) ",
    "(a) ",
    "– ",
    "· ",
    "→ ",
    "☐ ",
    "１．",
    "٣. ",
    "99999999999. ",
)
ODD_SIGNS = (
    *("\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x85", "\x9f"),
    *("\u00a0", "\u00ad", "\u200b", "\u200d", "\u2028", "\u2029", "\u3000", "\ufeff", "\ufffe"),
    *("\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c", "\u2060", "\ufff9"),
    *("\ud800", "\udfff", "\udc80", "\ud83d", "\ufffd", "\uffff", "\ue000", "\U0010ffff"),
    *("\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U000e0041", "\U0001d54f", "𠮷"),
    *("e\u0301", "\u0301" * 30, "\u0e33", "\u1100\u1161", "\ufb01", "\u0130", "\u0131", "\u1e9e"),
    *("\ufdfa", "\u0345", "\u2126", "\u212a", "\uff21", "\u01c5", "\u0149", "ΐ", "\U00010400"),
)
ENTITIES = (
    *(
        "&amp;",
        "&lt;",
        "&gt;",
        "&quot;",
        "&nbsp;",
        "&#0;",
        "&#x0;",
        "&#xD800;",
        "&#xDFFF;",
        "&#128;",
    ),
    *(
        "&#x110000;",
        "&#99999999999999999999;",
        "&#x",
        "&#",
        "&",
        "&amp",
        "&notin;",
        "&notit;",
        "&;",
    ),
    *("&CounterClockwiseContourIntegral;", "&#x1F600;", "&#8238;", "&shy;", "&zwj;", "&fjlig;"),
    *(
        "&lt;p&gt;",
        "&amp;amp;amp;",
        "&#13;",
        "&#10;",
        "&#xFFFE;",
        "&ImaginaryI;",
        "&#-1;",
        "&#1e5;",
    ),
)
BLOCK_TAGS = tuple(
    "p p p p div div div section article main aside header footer nav h1 h2 h3 h6 blockquote pre "
    "ul ol li dl dt dd table tr td th tbody caption figure figcaption form fieldset details "
    "summary address center menu dialog hgroup template noscript".split()
)
INLINE_TAGS = tuple(
    "a a a b i em strong span span code br br img time u s sub sup q cite abbr mark small font "
    "button label select option input textarea ruby rt bdo wbr svg math math:mi del ins kbd".split()
)
ODD_TAGS = tuple(
    "x-box my-card o:p h7 H1 P ſcript İ é 1 p: a:b:c script style title iframe object video audio "
    "canvas noframes frameset plaintext xmp listing textarea html body head base meta link isindex "
    "image nextid svg:p xml ?php !x p/ k\u0000x keygen marquee".split(" ")
)
VOID_TAGS = frozenset("br img input wbr hr meta link base col area embed source track".split())
NAMES = (
    *("body", "article-body", "content", "comments", "comment-list", "share", "socialShare", "nav"),
    *("byline", "author", "author-bio", "post_date", "related", "teaser card", "newsletter", "ad"),
    *(
        "cookie",
        "hidden",
        "sr-only",
        "caption",
        "paywall",
        "player",
        "menu-item-1",
        "İstanbul",
        "é",
    ),
    *("a" * 60, "", " ", "-", "__", "x1 x2 x3 x4", "wp-block", "entry-title", "p-author h-card"),
)
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "class": NAMES,
    "id": NAMES,
    "href": (
        *(
            "/x",
            "#",
            "",
            "javascript:alert(1)",
            "JaVa\tscript:x",
            "http://[::1",
            "mailto:a@b.example",
        ),
        *(
            "//[",
            "data:text/html,x",
            "http://a.example/2024/05/12/x",
            "?a=1&amp;b=2",
            "\\\\x",
            "http://\ud800",
        ),
        *(
            "/author/ann-lee",
            "/tag/harbour",
            "/category/news",
            "tel:1",
            "x" * 300,
            "http://é.example:99999",
        ),
    ),
    "style": (
        "display:none",
        "DISPLAY : NONE!",
        "visibility:hidden;",
        "color:red",
        "x",
        "height:0",
        ";;:",
    ),
    "rel": ("author", "canonical", "next", "tag nofollow", "alternate", "amphtml"),
    "itemprop": (
        "articleBody",
        "author",
        "datePublished",
        "dateModified",
        "headline",
        "name",
        "image",
    ),
    "itemtype": ("https://schema.org/NewsArticle", "http://schema.org/Person", "x", "Comment"),
    "itemscope": ("",),
    "datetime": DATES,
    "content": (*DATES, *BYLINES, "article", "", "UTF-8"),
    "role": ("navigation", "main", "dialog", "banner", "note x", "ARTICLE"),
    "aria-hidden": ("true", "false", "TRUE", ""),
    "aria-label": PROMPTS,
    "hidden": ("", "hidden", "until-found"),
    "lang": ("en", "de-AT", "zh-Hant", "x", "", "en_US", "\ud800", "ar"),
    "dir": ("rtl", "ltr", "auto"),
    "start": ("5", "-1", "99999999999999999999", "x", "1.5", "٣"),
    "value": ("7", "-0", "", "x"),
    "type": ("A", "i", "hidden", "checkbox", "application/ld+json", "text/template"),
    "colspan": ("2", "0", "-1", "1000000", "x"),
    "rowspan": ("2", "65535", ""),
    "title": PROMPTS,
    "alt": PROMPTS,
    "src": ("x.png", "", "data:,"),
    "name": ("author", "date", "description", "q", "parsely-title"),
    "property": ("og:title", "article:published_time", "og:type"),
    "data-x": ("1", '{"a":[1]}', "<p>"),
    "onclick": ("x()",),
    "xmlns:x": ("urn:x",),
    "xml:lang": ("fr",),
    "open": ("",),
}
META_NAMES = (
    *("author", "date", "description", "keywords", "article:author", "og:title", "og:description"),
    *(
        "article:published_time",
        "article:modified_time",
        "og:site_name",
        "og:type",
        "og:url",
        "og:locale",
    ),
    *(
        "twitter:title",
        "twitter:creator",
        "dc.date",
        "DC.creator",
        "parsely-pub-date",
        "citation_author",
    ),
    *("citation_date", "sailthru.date", "last-modified", "robots", "viewport", "", "language"),
)
URLS = (
    *(
        None,
        None,
        None,
        "https://harbour.example/2024/05/12/ferry.html",
        "https://harbour.example/",
    ),
    *(
        "http://[::1",
        "not an address",
        "",
        "https://xn--.example/\ud800",
        "//",
        "https://é.example/a b",
    ),
    *(
        "https://harbour.example/news/20241399/x",
        "https://web.archive.example/20240512/http://x.example",
    ),
)
