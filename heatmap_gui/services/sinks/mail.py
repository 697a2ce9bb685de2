"""Sends mail over SMTP (RFC 5321), encrypted where the server can.

target: `to` and `subject`, and `picture` where one goes with it (a JPEG in base64); the body is the text. The
Message-ID is the delivery's id, so that a mailbox can tell that a mail came twice.
"""

from __future__ import annotations

import base64
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from heatmap_gui.core.errors import InputError, TryLaterError
from heatmap_gui.core.work import SEND_S, Delivery
from heatmap_gui.services.sinks import Reveal
from heatmap_gui.settings import Settings

_ALLOWED = "smtp_url: not an address: allowed: smtp[s]://USER:PASSWORD@HOST:PORT"
_STEP_S = SEND_S / 4  # of a dialogue of some ten steps, of which hardly one is slow
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def open_sink(settings: Settings, reveal: Reveal) -> Mail:
    """Raises InputError when smtp_url is none."""
    return Mail(reveal(settings.smtp_url))


class Mail:
    """The Sink. url: smtp://, with STARTTLS where the server offers it, or smtps://."""

    def __init__(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            port, host = parts.port, parts.hostname
        except ValueError:
            raise InputError(_ALLOWED) from None
        if parts.scheme not in ("smtp", "smtps") or not host:
            raise InputError(_ALLOWED)
        self._host, self._tls = host, parts.scheme == "smtps"
        self._port = port or (465 if self._tls else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")

    def deliver(self, delivery: Delivery) -> str:
        try:
            server = self._connected()
            try:
                server.send_message(self._message(delivery))
                with suppress(smtplib.SMTPException, OSError):  # it has the mail, however it says good-bye
                    server.quit()
            finally:
                server.close()
        except smtplib.SMTPRecipientsRefused:
            raise InputError(f"{self._host} refuses mail to {delivery.target['to']}: correct alert_email") from None
        except smtplib.SMTPResponseException as error:
            words = f"{self._host} answered {error.smtp_code}"
            if isinstance(error, smtplib.SMTPAuthenticationError):
                words += ": name or password in smtp_url are not accepted"
            raise TryLaterError(words) from None
        except (OSError, smtplib.SMTPException) as error:
            raise TryLaterError(f"{self._host}: no mail is taken: {type(error).__name__}", answered=False) from None
        return f"{self._host} took it"

    def close(self) -> None:
        """A connection lives as long as a mail."""

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=_STEP_S, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=_STEP_S)
        try:
            server.ehlo()
            if not self._tls and server.has_extn("starttls"):
                server.starttls(context=context)
            elif not self._tls and self._user and self._host not in _LOOPBACK:
                raise TryLaterError(f"{self._host} offers no encryption: the password is not sent: use smtps://")
            if self._user:
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, delivery: Delivery) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._user if "@" in self._user else f"traffic-heatmap@{self._host}"
        message["To"] = delivery.target["to"]
        message["Subject"] = delivery.target["subject"]
        message["Date"] = formatdate(delivery.created_at)
        message["Message-ID"] = f"<{delivery.id}@traffic-heatmap>"
        message.set_content(delivery.body.decode())
        if "picture" in delivery.target:
            picture = base64.b64decode(delivery.target["picture"])
            message.add_attachment(picture, maintype="image", subtype="jpeg", filename=f"{delivery.id}.jpg")
        return message
