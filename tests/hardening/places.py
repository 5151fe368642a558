"""Addresses that are never fetched, in all the ways to write them."""

from cleanarticle.batch.sources.peers import is_public

# One or more of each block that is not the public internet.
PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.254 127.0.0.1
127.255.255.254 168.63.129.16 169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255
192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255
198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.254 255.255.255.255
:: ::1 ::2 ::7f00:1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1
::ffff:169.254.169.254 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::a00:1 64:ff9b::169.254.169.254
64:ff9b:1::a00:1 100::1 2001::1 2001:0:7f00:1:: 2001:0:4136:e378:8000:63bf:80ff:fffe 2001:10::1
2001:20::1
2001:db8::1 2002:7f00:1:: 2002:a00:1::1 2002:a9fe:a9fe:: 3fff::1 4000::1 5f00::1 fc00::1 fd00::1
fd00:ec2::254 fd00:42::42 fe80::1 fe80::5efe:7f00:1 fec0::1 ff02::1 ff05::2 ffff::1
""".split()
PUBLIC = """
1.1.1.1 8.8.8.8 93.184.215.14 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.167.0.1
198.17.0.1 198.20.0.1 223.255.255.254 2606:4700:4700::1111 2a00:1450:4001:81b::200e
::ffff:8.8.8.8 64:ff9b::8.8.8.8
""".split()
SPELLINGS = """
http://2130706433/ http://0177.0.0.1/ http://0x7f.0.0.1/ http://0x7f000001/ http://017700000001/
http://127.1/ http://127.0.1/ http://0/ http://0x0/ http://00000.0/ http://127.0.0.1:80/
http://127.0.0.1:65535/ http://example.org@127.0.0.1/ http://example.org:80@127.0.0.1/
http://127.0.0.1%40x@127.0.0.1/ http://user:word@10.0.0.1:8080/ http://127.0.0.1#@example.org/
http://127.0.0.1?@example.org/ http://127%2e0%2e0%2e1/ http://%31%32%37.0.0.1/ http://127.0.0.1%00/
http://①②⑦.⓪.⓪.①/ http://127。0。0。1/ http://１２７.0.0.1/ http://[::ffff:127.0.0.1]/
http://[0:0:0:0:0:0:0:1]/ http://[0000::0001]:80/ http://[::1%25lo]/ http://[fe80::1%25eth0]/
http://[fe80::1%eth0]/ http://[::ffff:0x7f.1]/ http://[v1.127]/ http://[::1 http://::1/ http://[]/
http:///127.0.0.1/ http:/127.0.0.1/ http:127.0.0.1 http://127.0.0.1\\@example.org/
http://example.org\\@127.0.0.1/ http://127.0.0.1:x/ http://127.0.0.1:99999/ http://127.0.0.1:-1/
HTTP://127.0.0.1/ https://127.0.0.1/ http://127.0.0.1./ http://.127.0.0.1/ http://a..b/
http://a%0d%0aX:y@127.0.0.1/ http://3232235521/ http://0xa9fea9fe/ http://2852039166/
""".split()
# Names that a resolver gives private addresses for, as it may for any.
NAMES = ("localhost", "localhost.", "LOCALHOST", "metadata.test", "two.test", "mapped.test")
NAMED = {
    "localhost": [["127.0.0.1", "::1"]],
    "localhost.": [["127.0.0.1"]],
    "metadata.test": [["169.254.169.254"]],
    "two.test": [["8.8.8.8", "10.0.0.1"]],  # one of them is public
    "mapped.test": [["::ffff:10.0.0.1"]],
}
OTHER_SCHEMES = """
file:///etc/passwd FILE:///etc/passwd file:/etc/passwd ftp://example.org/ gopher://127.0.0.1:70/_x
data:text/html,<p>x javascript:alert(1) dict://127.0.0.1:11211/ ldap://127.0.0.1/ jar:http://a!/
about:blank blob:http://example.org/x ws://127.0.0.1/ unix:/run/x view-source:http://127.0.0.1/
""".split()


def urls() -> list[str]:
    """All of them as addresses of the web."""
    hosts = [f"[{place}]" if ":" in place else place for place in PRIVATE]
    return [f"http://{host}/" for host in (*hosts, *NAMES)] + SPELLINGS


def misjudged() -> list[str]:
    """Those of which the check of addresses thinks wrongly."""
    wrong = [place for place in PRIVATE if is_public(place)]
    return wrong + [place for place in PUBLIC if not is_public(place)]
