"""What is said to ONVIF devices and what they answer, as text: no network here.

Sources: WS-Discovery (April 2005) 4.2 and 5.2; ONVIF Core Specification 7.3 and Media Service Specification 5.2, 5.15;
OASIS Web Services Security UsernameToken Profile 1.0, 3.1.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from uuid import UUID
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers import expat
from xml.sax.saxutils import escape

from heatmap_gui.core.errors import InputError

SOAP = "http://www.w3.org/2003/05/soap-envelope"
DISCOVERY = "http://schemas.xmlsoap.org/ws/2005/04/discovery"
ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
DEVICE = "http://www.onvif.org/ver10/device/wsdl"
MEDIA = "http://www.onvif.org/ver10/media/wsdl"
SCHEMA = "http://www.onvif.org/ver10/schema"
_NETWORK = "http://www.onvif.org/ver10/network/wsdl"
_SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity"
_TOKEN = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"


def parse_xml(content: bytes) -> Element:
    """The root of a document from the network, names as {namespace}name. Raises InputError when it is none, or declares
    a document type: entities that grow without end, or name files, are declared there.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def name(text: str) -> str:
        return f"{{{text}" if "}" in text else text

    def refuse(*_: object) -> None:
        raise InputError("an answer with a document type, which none needs: it is not read")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: builder.start(
        name(tag), {name(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda tag: builder.end(name(tag))
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(content, True)
        return builder.close()
    except (expat.ExpatError, ParseError, AssertionError):
        raise InputError("an answer that is no XML") from None


def words(root: Element, namespace: str, name: str) -> str:
    """The text of the first such element anywhere; "" when there is none."""
    return (root.findtext(f".//{{{namespace}}}{name}") or "").strip()


def probe(message: UUID) -> bytes:
    """Asks who transmits video in this network."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="{SOAP}" xmlns:w="{ADDRESSING}"'
        f' xmlns:d="{DISCOVERY}" xmlns:n="{_NETWORK}"><e:Header><w:MessageID>uuid:{message}</w:MessageID>'
        "<w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>"
        f"<w:Action>{DISCOVERY}/Probe</w:Action></e:Header>"
        "<e:Body><d:Probe><d:Types>n:NetworkVideoTransmitter</d:Types></d:Probe></e:Body></e:Envelope>"
    ).encode()


def request(body: str, header: str = "") -> bytes:
    """A SOAP 1.2 envelope around a body that declares its own namespaces."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="{SOAP}"><s:Header>{header}</s:Header>'
        f"<s:Body>{body}</s:Body></s:Envelope>"
    ).encode()


def user_token(user: str, password: str, nonce: bytes, created: datetime) -> str:
    """A header that proves to know the password without telling it. created: by the device's own clock."""
    at = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    digest = hashlib.sha1(nonce + at.encode() + password.encode(), usedforsecurity=False).digest()
    return (
        f'<Security s:mustUnderstand="1" xmlns="{_SECURITY}-secext-1.0.xsd"><UsernameToken>'
        f"<Username>{escape(user)}</Username>"
        f'<Password Type="{_TOKEN}#PasswordDigest">{base64.b64encode(digest).decode()}</Password>'
        f'<Nonce EncodingType="{_SECURITY.replace("wssecurity", "soap-message-security")}-1.0#Base64Binary">'
        f"{base64.b64encode(nonce).decode()}</Nonce>"
        f'<Created xmlns="{_SECURITY}-utility-1.0.xsd">{at}</Created></UsernameToken></Security>'
    )


def ask_time() -> str:
    return f'<GetSystemDateAndTime xmlns="{DEVICE}"/>'


def ask_media_address() -> str:
    return f'<GetCapabilities xmlns="{DEVICE}"><Category>Media</Category></GetCapabilities>'


def ask_profiles() -> str:
    return f'<GetProfiles xmlns="{MEDIA}"/>'


def ask_stream(profile: str) -> str:
    return (
        f'<GetStreamUri xmlns="{MEDIA}"><StreamSetup><Stream xmlns="{SCHEMA}">RTP-Unicast</Stream>'
        f'<Transport xmlns="{SCHEMA}"><Protocol>RTSP</Protocol></Transport></StreamSetup>'
        f"<ProfileToken>{escape(profile)}</ProfileToken></GetStreamUri>"
    )


def device_time(root: Element) -> datetime | None:
    """UTC by the device's clock; None where it does not say."""
    at = root.find(f".//{{{SCHEMA}}}UTCDateTime")
    if at is None:
        return None
    try:
        year, month, day, hour, minute, second = (
            int(words(at, SCHEMA, part)) for part in ("Year", "Month", "Day", "Hour", "Minute", "Second")
        )
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
