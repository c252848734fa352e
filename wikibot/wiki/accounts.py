"""What a wiki knows of accounts: whether they are there, blocked, renamed, active; in batches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from wikibot.model import Account
from wikibot.titles import normal_username
from wikibot.wiki.query import Query, batches

_RENAMES_FOLLOWED = 5


def look_up(
    query: Query, usernames: Sequence[str], *, since: date, renames: bool
) -> dict[str, Account]:
    """Accounts by the name that was asked for.

    ``Account.active`` is whether it was registered, or made an edit, on or after ``since``;
    ``renames`` is whether the wiki has a log of renames.
    """
    accounts = {name: Account(name, exists=False) for name in usernames}
    missing = []
    new: set[str] = set()
    for batch in batches(
        (name for name in usernames if name.strip() and "|" not in name), query.limit
    ):
        for answer in query(list="users", ususers=batch, usprop=["blockinfo", "registration"]):
            users = {user["name"]: user for user in answer["users"]}
            new |= {name for name, user in users.items() if _is_since(user, since)}
            for name in batch:
                user = users.get(name) or users.get(normal_username(name))
                if user is None or "invalid" in user:
                    continue
                if "missing" in user:
                    missing.append(name)
                    continue
                accounts[name] = Account(
                    user["name"],
                    exists=True,
                    # one who may not edit a certain page is not blocked
                    blocked="blockid" in user and not user.get("blockpartial"),
                )
    if renames:
        called = {name: now for name in missing if (now := _renamed_to(query, name))}
        there = _existing(query, called.values())
        for name, now in called.items():
            if now in there:
                accounts[name] = replace(accounts[name], renamed_to=now)
    present = [account.name for account in accounts.values() if account.exists]
    edited = _last_edits(query, present, since=since)
    return {
        name: replace(
            account,
            last_edit=edited.get(account.name),
            active=account.name in edited or account.name in new,
        )
        if account.exists
        else account
        for name, account in accounts.items()
    }


def _is_since(user: Mapping[str, Any], since: date) -> bool:
    """Whether an account was registered on ``since`` or later: it has had no time to edit."""
    registered = user.get("registration")  # accounts of before 2005 have none
    return registered is not None and datetime.fromisoformat(registered).date() >= since


def _renamed_to(query: Query, name: str) -> str | None:
    """The name at the end of a chain of renames, by the wiki's log."""
    new = None
    for _ in range(_RENAMES_FOLLOWED):
        log = query(
            list="logevents",
            letype="renameuser",
            letitle=f"User:{new or name}",
            leprop="details",
            lelimit=1,
        )
        events = next(log)["logevents"]
        if not events:
            break
        new = str(events[0]["params"]["newuser"])
    return new


def _existing(query: Query, names: Iterable[str]) -> set[str]:
    """Those that are accounts: the end of a chain of renames may be gone, or not be in the log."""
    return {
        user["name"]
        for batch in batches(names, query.limit)
        for answer in query(list="users", ususers=batch)
        for user in answer["users"]
        if not {"missing", "invalid"} & user.keys()
    }


def _last_edits(query: Query, names: Iterable[str], *, since: date) -> dict[str, date]:
    """The day of the newest edit on or after ``since``, of those who made one.

    An answer may be full of the edits of one account; the question is put again without the
    accounts that were seen, instead of continuing it.
    """
    found: dict[str, date] = {}
    for batch in batches(names, query.limit):
        pending = batch
        while pending:
            answer = next(
                query(
                    list="usercontribs",
                    ucuser=pending,
                    ucend=f"{since}T00:00:00Z",
                    ucprop="timestamp",
                    uclimit="max",
                )
            )
            seen: dict[str, date] = {}
            for edit in answer["usercontribs"]:
                day = datetime.fromisoformat(edit["timestamp"]).date()
                seen[edit["user"]] = max(day, seen.get(edit["user"], day))
            found |= seen
            pending = [name for name in pending if name not in seen] if seen else []
    return found
