"""`users add|list|remove`: who may use the API. The first one is made here, and there is no default password."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.who import Role, Who
from heatmap_gui.services.accounts import Accounts
from heatmap_gui.services.audit import local_user
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.login_passwords import LONGEST
from heatmap_gui.services.secrets import Seal, resolve
from heatmap_gui.settings import Settings
from heatmap_gui.store.accounts import User
from heatmap_gui.store.database import open_database

HELP = (
    "Add a user of the API, list all, or remove one. The password is asked for on the terminal, or read from standard "
    "input: one line. The first user of all is made here: users add NAME --role admin."
)
_PAGE = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The action and whom it is about."""
    parser.add_argument("action", choices=("add", "list", "remove"), help="what to do")
    parser.add_argument("name", nargs="?", help="add, remove: the user")
    parser.add_argument(
        "--config", type=Path, metavar="F", help="production_config.json (default: environment and data folder decide)"
    )
    parser.add_argument("--role", choices=[str(role) for role in Role], help="add: what the user may do")
    parser.add_argument("--store", action="append", metavar="STORE", help="add: only this one (again: this one too)")


def run(args: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    if args.action != "list" and args.name is None:
        raise InputError(f"users {args.action} needs the user's name")
    if args.action == "add" and args.role is None:
        raise InputError(f"users add needs --role: allowed: {', '.join(Role)}")
    settings: Settings = Catalog(args.config).settings if args.config else args.settings
    password = _password() if args.action == "add" else ""
    with closing(open_database(resolve(settings.database_url), settings.home)) as database:
        accounts = Accounts(database, Seal.of(settings), 60.0 * settings.access_token_expire_minutes)
        by = Who(local_user(), Role.ADMIN)
        if args.action == "list":
            _list(args, accounts)
            return 0
        if args.action == "add":
            user = accounts.add_user(by, args.name, password, Role(args.role), args.store)
            print(json.dumps(_document(user)) if args.json else f"user {user.name} is there: {_rights(user)}")
        else:
            accounts.remove_user(by, args.name)
            print(json.dumps({"removed": args.name}) if args.json else f"user {args.name} is gone, and all sessions")
    return 0


def _list(args: argparse.Namespace, accounts: Accounts) -> None:
    found: list[User] = []
    while page := accounts.users(_PAGE, found[-1].name if found else ""):
        found += page
    if args.json:
        print(json.dumps({"users": [_document(user) for user in found]}))
    elif found:
        width = max(len(user.name) for user in found)
        print("\n".join(f"{user.name:<{width}}  {_rights(user)}" for user in found))
    else:
        print("no users yet: `heatmap users add NAME --role admin` makes the first")


def _rights(user: User) -> str:
    return f"{user.role} of {'all stores' if user.stores is None else ', '.join(sorted(user.stores))}"


def _document(user: User) -> dict[str, object]:
    return {
        "name": user.name,
        "role": user.role,
        "stores": None if user.stores is None else sorted(user.stores),
        "created_at": datetime.fromtimestamp(user.created_at, UTC).isoformat(),
    }


def _password() -> str:
    """Of a terminal, twice and unseen, or a line of standard input: arguments are for everybody to see."""
    if not sys.stdin.isatty():
        return sys.stdin.readline(LONGEST + 2).rstrip("\r\n")
    first = getpass.getpass("password: ")
    if getpass.getpass("again: ") != first:
        raise InputError("the two passwords are not the same: try again")
    return first
