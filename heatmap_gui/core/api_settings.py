"""What is set for the HTTP API alone; part of `settings.Settings`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from heatmap_gui.core import forms
from heatmap_gui.core.forms import SECRET, Setting

DEVELOPMENT = "development"
ENVIRONMENTS = ("production", "staging", "testing", DEVELOPMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiSettings:
    """Of the environment only: it says where this process stands."""

    store_id: Annotated[
        str,
        Setting(
            "Store of the API",
            "The store that requests mean which name none (default: the only one).",
            forms.text("a store's name"),
            env=("STORE_ID",),
        ),
    ] = ""
    store_name: Annotated[
        str,
        Setting(
            "Store's name",
            "What the API calls that store (default: what its site file says).",
            forms.text("a text"),
            env=("STORE_NAME",),
        ),
    ] = ""
    environment: Annotated[
        str,
        Setting(
            "Environment",
            "development: on loopback, requests without a token act as an administrator.",
            forms.choice(*ENVIRONMENTS),
            env=("ENVIRONMENT",),
        ),
    ] = "production"
    access_token_expire_minutes: Annotated[
        float,
        Setting(
            "Log-in lasts",
            "After so long who uses the API has to log in anew.",
            forms.number("a number of minutes, 1 to 1440 (a day)", 1, 1440),
            env=("ACCESS_TOKEN_EXPIRE_MINUTES",),
            unit="minutes",
        ),
    ] = 30.0
    cors_origins: Annotated[
        tuple[str, ...],
        Setting(
            "Web pages",
            "Origins whose pages may use the API (default: none but its own).",
            forms.origins("a list of origins such as https://shop.example, without paths"),
            env=("CORS_ORIGINS",),
        ),
    ] = ()
    trusted_hosts: Annotated[
        tuple[str, ...],
        Setting(
            "Hosts",
            "Names by which the API may be called, *.shop.example for all under one (default: this machine's own).",
            forms.hosts("a list of hosts' names or addresses, without ports"),
            env=("TRUSTED_HOSTS", "ALLOWED_HOSTS"),
        ),
    ] = ()
    requests_per_second: Annotated[
        float,
        Setting(
            "Requests a second",
            "As many each user, machine and address may send in the long run, and four times as many at once.",
            forms.number("a number above 0", 0, 1e6, above=True),
            env=("RATE_LIMIT_PER_SECOND",),
            unit="requests/s",
        ),
    ] = 100.0
    openai_api_key: Annotated[
        str,
        Setting(
            "Key of a language model",
            "With it comprehensive analytics have a written summary, made of aggregates alone (default: none).",
            forms.text(f"a text, {SECRET}", secret=True),
            env=("OPENAI_API_KEY",),
        ),
    ] = field(default="", repr=False)
    openai_base_url: Annotated[
        str,
        Setting(
            "Language model",
            "Where it answers: any server with chat completions, this machine's too (default: OpenAI's).",
            forms.matching(r"(?i)https?://[^\s/?#@]+[^\s?#]*|", "an address https://..., without a login"),
            env=("OPENAI_BASE_URL",),
        ),
    ] = ""
    openai_model: Annotated[
        str,
        Setting(
            "Language model's name",
            "Which of that server's models is asked.",
            forms.text("a text"),
            env=("OPENAI_MODEL",),
        ),
    ] = "gpt-4o-mini"
