"""RTSP over TCP (RFC 2326, section 10.12) cut into what it is made of, and RTP (RFC 3550) counted anew."""

from __future__ import annotations

import asyncio
import re
import struct

_RTP_CHANNEL = 0
_HEAD = 4  # of an interleaved unit: "$", channel, length
_TICKS = 1 << 32
_NUMBERS = 1 << 16
_FU_A, _STAP_A, _IDR, _SPS = 28, 24, 5, 7
RTP_CLOCK_HZ = 90_000


async def next_unit(reader: asyncio.StreamReader) -> bytes:
    """One packet with its head, or one RTSP message. Raises IncompleteReadError at the end."""
    start = await reader.readexactly(1)
    if start == b"$":
        head = start + await reader.readexactly(_HEAD - 1)
        return head + await reader.readexactly(struct.unpack(">H", head[2:])[0])
    message = start + await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", message)
    return message + (await reader.readexactly(int(length[1])) if length else b"")


def is_packet(unit: bytes) -> bool:
    return unit[:1] == b"$"


def is_media(unit: bytes) -> bool:
    """RTP, not RTCP and not an RTSP message."""
    return is_packet(unit) and unit[1] == _RTP_CHANNEL


def begins_key_frame(unit: bytes) -> bool:
    """An H.264 packet (RFC 6184) with which decoding can begin."""
    return is_media(unit) and unit[_HEAD + 12] & 31 in (_STAP_A, _SPS)


def of_key_frame(unit: bytes) -> bool:
    """Part of a picture that needs no other."""
    kind = unit[_HEAD + 12] & 31 if is_media(unit) else 0
    return (unit[_HEAD + 13] & 31 if kind == _FU_A else kind) == _IDR


class Numbering:
    """Makes the packets of several streams one: numbers and times go on where the last one ended."""

    def __init__(self) -> None:
        self._last: tuple[int, int, bytes] | None = None  # number, ticks, source
        self._step = RTP_CLOCK_HZ // 25
        self._shift: tuple[int, int] | None = (0, 0)  # of numbers, of ticks

    def join(self) -> None:
        """The next packet comes from elsewhere."""
        self._shift = None

    def jump(self, seconds: float) -> None:
        """All times are this much later from now on."""
        number, ticks = self._shift or (0, 0)
        self._shift = number, ticks + round(seconds * RTP_CLOCK_HZ)

    def wrap_in(self, seconds: float) -> None:
        """Times are such that their 32 bits run over soon."""
        last = self._last[1] if self._last else 0
        self.jump((_TICKS - last) / RTP_CLOCK_HZ - seconds)

    def number(self, unit: bytes) -> bytes:
        number, ticks = struct.unpack(">HI", unit[_HEAD + 2 : _HEAD + 8])
        if self._shift is None and self._last is not None:
            self._shift = self._last[0] + 1 - number, self._last[1] + self._step - ticks
        by, later = self._shift or (0, 0)
        number, ticks = (number + by) % _NUMBERS, (ticks + later) % _TICKS
        source = self._last[2] if self._last else unit[_HEAD + 8 : _HEAD + 12]
        if self._last and 0 < (ticks - self._last[1]) % _TICKS < RTP_CLOCK_HZ:
            self._step = (ticks - self._last[1]) % _TICKS
        self._last = number, ticks, source
        return unit[: _HEAD + 2] + struct.pack(">HI", number, ticks) + source + unit[_HEAD + 12 :]
