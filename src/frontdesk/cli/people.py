"""`frontdesk user` and `frontdesk key`: people and programs' keys, for whoever works at the desk's own machine."""

import argparse
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from frontdesk import settings
from frontdesk.access import api_keys, one_time, passwords, people, sessions
from frontdesk.access.actor import EVERY_PERMISSION, OPERATOR, Permission
from frontdesk.access.mail import link_to
from frontdesk.access.one_time import Purpose
from frontdesk.access.people import Person, PersonFields
from frontdesk.access.roles import Role
from frontdesk.desk import Desk, open_desk
from frontdesk.engine.mailer import ADDRESS
from frontdesk.errors import NotFound, ValidationFailed
from frontdesk.web.access.views import key_view, person_view, status_of

Handler = Callable[[argparse.Namespace, Desk], Awaitable[int]]


def register(commands: Any) -> None:
    _register_users(commands.add_parser("user", help="people: add, list, disable, enable, link"))
    _register_keys(commands.add_parser("key", help="API keys of programs: create, list, revoke"))


def _register_users(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add = _command(actions, "add", "add a person; prints the link by which they choose a password", add_user)
    add.add_argument("email")
    add.add_argument("--name", help="default: the part before the @")
    add.add_argument("--role", choices=[*Role], default=Role.MANAGER, help="default: manager")
    add.add_argument(
        "--password-stdin", action="store_true", help="read a password from standard input instead"
    )
    listing = _command(actions, "list", "everybody", list_users)
    listing.add_argument("--json", action="store_true", help="print JSON")
    for name, summary, run in (
        ("disable", "end a person's sessions and let them in no more", disable_user),
        ("enable", "let a disabled person in again", enable_user),
        ("link", "print a one-time link that signs a person in", link_user),
    ):
        _command(actions, name, summary, run).add_argument("email")


def _register_keys(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    create = _command(actions, "create", "make a key and print it, this once", create_key)
    create.add_argument("--name", required=True, help="what the key is for")
    create.add_argument(
        "--scopes",
        default="tickets:read,tickets:write",
        help=f"comma list of {', '.join(sorted(Permission))}",
    )
    create.add_argument("--days", type=int, help="how long it is good (default: until it is revoked)")
    listing = _command(actions, "list", "every key, without its secret", list_keys)
    listing.add_argument("--json", action="store_true", help="print JSON")
    _command(actions, "revoke", "end a key at once", revoke_key).add_argument("key_id")


def _command(actions: Any, name: str, help: str, handler: Handler) -> argparse.ArgumentParser:
    async def run(args: argparse.Namespace) -> int:
        async with open_desk(settings.load()) as desk:
            return await handler(args, desk)

    parser: argparse.ArgumentParser = actions.add_parser(name, help=help, description=help)
    parser.set_defaults(run=run)
    return parser


async def add_user(args: argparse.Namespace, desk: Desk) -> int:
    password = sys.stdin.readline().rstrip("\n") if args.password_stdin else None
    fields = PersonFields(_address(args.email), args.name or args.email.partition("@")[0], Role(args.role))
    password_hash = None
    if password is not None:
        passwords.require_good(password, fields.email)
        password_hash = await passwords.hashed(password)
    async with desk.db.transaction() as conn:
        person = await people.create(conn, OPERATOR, fields)
        if password_hash is not None:
            await people.set_password(conn, OPERATOR, person.person_id, password_hash)
            print(f"{person.email} can sign in at {desk.settings.base_url}/console/sign-in")
        else:
            token = await one_time.issue(conn, Purpose.INVITATION, person.person_id)
            print(link_to(desk.settings.base_url, Purpose.INVITATION, token))
    return 0


def _address(email: str) -> str:
    if not ADDRESS.fullmatch(email.strip()):
        raise ValidationFailed(f"{email!r} is no e-mail address")
    return email.strip()


async def list_users(args: argparse.Namespace, desk: Desk) -> int:
    async with desk.db.connection() as conn:
        everybody = await people.every(conn)
    if args.json:
        print(json.dumps([person_view(person) for person in everybody], ensure_ascii=False, indent=2))
        return 0
    for person in everybody:
        limits = ", ".join([*(person.categories or []), *(person.channels or [])]) or "everything"
        print(f"{person.email:<32} {person.role:<8} {status_of(person):<9} {limits}  {person.name}")
    return 0


async def disable_user(args: argparse.Namespace, desk: Desk) -> int:
    async with desk.db.transaction() as conn:
        person = await people.set_disabled(
            conn, OPERATOR, (await _person(desk, args)).person_id, disabled=True
        )
        await sessions.end_all(conn, person.person_id)
    print(f"{person.email} is disabled; their sessions have ended")
    return 0


async def enable_user(args: argparse.Namespace, desk: Desk) -> int:
    async with desk.db.transaction() as conn:
        person = await people.set_disabled(
            conn, OPERATOR, (await _person(desk, args)).person_id, disabled=False
        )
    print(f"{person.email} may sign in again")
    return 0


async def link_user(args: argparse.Namespace, desk: Desk) -> int:
    person = await _person(desk, args)
    async with desk.db.transaction() as conn:
        token = await one_time.issue(conn, Purpose.SIGN_IN, person.person_id)
    print(link_to(desk.settings.base_url, Purpose.SIGN_IN, token))
    return 0


async def _person(desk: Desk, args: argparse.Namespace) -> Person:
    async with desk.db.connection() as conn:
        person = await people.by_email(conn, args.email)
    if person is None:
        raise NotFound(f"nobody here has the address {args.email}")
    return person


async def create_key(args: argparse.Namespace, desk: Desk) -> int:
    scopes = _scopes(args.scopes)
    if args.days is not None and not 1 <= args.days <= 3650:
        raise ValidationFailed("--days: 1 to 3650")
    expires_at = None if args.days is None else datetime.now(UTC) + timedelta(days=args.days)
    async with desk.db.transaction() as conn:
        _, text = await api_keys.create(conn, OPERATOR, args.name, scopes, expires_at)
    print(text)
    return 0


def _scopes(names: str) -> frozenset[Permission]:
    given = {name.strip() for name in names.split(",") if name.strip()}
    if not given or not given <= set(map(str, EVERY_PERMISSION)):
        raise ValidationFailed(f"--scopes is a comma list of {', '.join(sorted(Permission))}")
    return frozenset(map(Permission, given))


async def list_keys(args: argparse.Namespace, desk: Desk) -> int:
    async with desk.db.connection() as conn:
        keys = await api_keys.every(conn)
    if args.json:
        print(json.dumps([key_view(key) for key in keys], ensure_ascii=False, indent=2))
        return 0
    for key in keys:
        state = "revoked" if key.revoked_at else "usable"
        used = f"used {key.used_at:%Y-%m-%d}" if key.used_at else "never used"
        print(f"{key.key_id}  {state:<8} {used:<16} {','.join(key.scopes)}  {key.name}")
    return 0


async def revoke_key(args: argparse.Namespace, desk: Desk) -> int:
    async with desk.db.transaction() as conn:
        key = await api_keys.revoke(conn, OPERATOR, args.key_id)
    print(f"the key {key.key_id} ({key.name}) is revoked")
    return 0
