"""Hosts as an attacker would write them into a configuration, a name server that plays along, and the usual checks."""

from __future__ import annotations

import re
import socket
from ipaddress import ip_address
from typing import Any


def _wide(text: str) -> str:
    """In the letters of East Asian typography, which name servers take for the usual ones (NFKC)."""
    return "".join(chr(ord(letter) - ord(" ") + 0xFF00) for letter in text)


# what it means is this machine
LOOPBACK = [
    *("127.0.0.1", "127.1", "127.0.1", "127.8.9.1", "127.255.255.254", "127.0x0.0.1", "2130706433", "0x7f000001"),
    *("0x7f.0.0.1", "0x7f.1", "0X7F.0X0.0X0.0X1", "017700000001", "0177.0.0.1", "0177.1", "0177.0x0.1", "2130706434"),
    *("[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[::0.0.0.1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
    *("[0:0:0:0:0:ffff:127.9.9.9]", "[::FFFF:7F00:0001]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]"),
    *("[2002:7f00:1::]", "[2002:7f00:0001::7f00:1]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]"),
    *("[2001:db8::5efe:127.0.0.1]", "[2001:db8::200:5efe:7f00:1]"),
    *("localhost", "LOCALHOST", "localhost.", "LocalHost.", "ip6-localhost", "app.localhost", "127.0.0.1.nip.example"),
    *("mapped.example", "nat64.example", "sixtofour.example", "one.example", "MAPPED.example."),
    *(_wide("localhost"), "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "\u2113ocalhost", "lo\u00adcalhost", "localho\u017ft"),
    *("①②⑦.⓪.⓪.①", "127。0。0。1", _wide("127.0.0.1"), _wide("127.1"), f"{_wide('127')}.0.0.1", "⓪x7f.1"),
]
# what it means is a cloud's metadata, or no single machine
NEVER = [
    *("169.254.169.254", "169.254.43518", "169.16689662", "2852039166", "0xa9fea9fe", "0xA9.0xFE.0xA9.0xFE"),
    *("0251.0376.0251.0376", "025177524776", "0251.254.169.254", "0xa9.254.0251.254", "169.254.0xa9.254"),
    *("169.254.170.2", "169.254.170.23", "169.254.0.23", "169.254.42.42", "169.254.1.1", "169.254.255.255"),
    *("100.100.100.200", "0x646464c8", "1684301000", "168.63.129.16", "0xa83f8110", "192.0.0.192"),
    *("0", "00", "0x0", "0.0", "0.0.0.0", "0x00.0.0.00", "0.1.2.3", "0.255.255.255", "65536"),
    *("224.0.0.1", "0xe0000001", "3758096385", "232.1.1.1", "239.255.255.250", "0357.255.255.250"),
    *("240.0.0.1", "250.1.2.3", "0xffffffff", "255.255.255.255", "4294967295", "037777777777"),
    *("[::]", "[0:0:0:0:0:0:0:0]", "[::ffff:0.0.0.0]", "[64:ff9b::]", "[2002::]", "[::0.0.0.2]"),
    *("[fe80::1]", "[fe80::a9fe:a9fe]", "[fe80::1%1]", "[febf::1]", "[fe80::5efe:10.0.0.1]"),
    *("[ff02::1]", "[ff02::fb]", "[ff05::1:3]", "[ff0e::1]", "[ff02::1%1]", "[ff01::1]"),
    *("[fd00:ec2::254]", "[fd00:ec2::23]", "[fd20:ce::254]", "[fd00:42::42]", "[FD00:0EC2:0:0::0254]"),
    *("[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[0:0:0:0:0:ffff:169.254.169.254]", "[::ffff:100.100.100.200]"),
    *("[::ffff:224.0.0.1]", "[::ffff:255.255.255.255]", "[::169.254.169.254]", "[::127.0.0.1]", "[::a9fe:a9fe]"),
    *("[::ffff:0:169.254.169.254]", "[::ffff:0:7f00:1]"),
    *("[64:ff9b::169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b::6464:64c8]", "[64:ff9b::e000:1]"),
    *("[64:ff9b:1::a9fe:a9fe]", "[64:ff9b:1:a9fe:a9:fe00::]", "[64:ff9b:1::7f00:1]", "[64:ff9b:1:ffff::1]"),
    *("[2002:a9fe:a9fe::]", "[2002:a9fe:a9fe::1]", "[2002:0:1::]", "[2002:e000:1::]", "[2002:6464:64c8::]"),
    *("[2001:0:4136:e378:8000:63bf:5601:5601]", "[2001::5601:5601]", "[2001:0:0:0:0:0:1fff:fffe]"),
    *("[2001:db8::5efe:169.254.169.254]", "[2001:db8::200:5efe:a9fe:a9fe]", "[2001:db8::5efe:0:1]"),
    *("metadata", "METADATA", "metadata.google.internal", "Metadata.Google.Internal.", "metadata.goog"),
    "instance-data",
    *("169-254-169-254.dns.example", "link.example", "many.example", "nobody.example", "old.example", "zone.example"),
    *(_wide("169.254.169.254"), "①⑥⑨.②⑤④.①⑥⑨.②⑤④", "169。254。169。254", f"{_wide('metadata')}.google.internal"),
]  # fmt: skip
FINE = [
    *("10.0.0.5", "172.16.0.1", "172.31.255.254", "192.168.1.9", "100.64.0.1", "8.8.8.8", "93.184.216.34", "0xa000005"),
    *("[fd12:3456::1]", "[fc00::1]", "[2606:4700::1111]", "[::ffff:10.0.0.1]", "[64:ff9b::808:808]", "[2002:a00:1::]"),
    *("camera.example", "CAMERA.example.", "both.example"),
]
NAMES = {
    "localhost": ["::1", "127.0.0.1"], "ip6-localhost": ["::1"], "app.localhost": ["127.0.0.1"],
    "127.0.0.1.nip.example": ["127.0.0.1"], "mapped.example": ["::ffff:127.0.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "sixtofour.example": ["2002:7f00:1::"], "one.example": ["::1"], "metadata": ["169.254.169.254"],
    "metadata.google.internal": ["169.254.169.254"], "metadata.goog": ["169.254.169.254"],
    "instance-data": ["169.254.169.254"], "169-254-169-254.dns.example": ["169.254.169.254"],
    "link.example": ["fe80::1"], "many.example": ["239.1.2.3"], "nobody.example": ["0.0.0.0", "::"],
    "old.example": ["::ffff:a9fe:a9fe"], "zone.example": ["fe80::1%2"], "camera.example": ["10.0.0.5"],
    "both.example": ["127.0.0.1", "10.0.0.5"],
}  # fmt: skip
_look_up = socket.getaddrinfo
_LOOKS_PRIVATE = re.compile(
    r"localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|0\.0\.0\.0|\[?::1|\[?f[cde]"
)


def name_server(host: str, port: int | None, *_: object, **__: object) -> list[Any]:
    """As `socket.getaddrinfo`: numbers however they are written, and NAMES."""
    name = host.encode("idna").decode().lower().rstrip(".")
    found = NAMES.get(name, [host])
    answers = [_look_up(one, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST) for one in found]
    return [one for answer in answers for one in answer]


def bare(host: str) -> str:
    """Without the brackets of an IPv6 address in a URL."""
    return host.strip("[]")


def passes_ip_check(host: str) -> bool:
    """What most programs do: the text, if it is an address, must not be a private one."""
    try:
        found = ip_address(bare(host))
    except ValueError:
        return True
    return not (found.is_private or found.is_loopback or found.is_link_local)


def passes_pattern(host: str) -> bool:
    """What the others do."""
    return _LOOKS_PRIVATE.match(host.lower()) is None
