"""What joins orders to one customer, and how sure each join is.

relay_key, email, username: sure by themselves, unless so many orders share them, or so many names an e-mail address,
that they are a firm's.
name_and_postcode: as sure as the name is rare and the postcode small. In a postcode of N people, N times the share of
people who bear the name is how many namesakes to expect. Against these stands the customer, who comes back R times
likelier than a stranger comes at all: R / (R + namesakes). The share is counted from the book (in how many other
postcodes the name orders), held against what is to be expected before anything is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from aftercare.orders.customer_names import customer_rules, name_key, postcode_key, stable_address
from aftercare.orders.store import Connection

Identity = Literal["relay_key", "email", "username", "name_and_postcode"]

Node = tuple[str, str]
"""An order: its channel and its id there."""


@dataclass(frozen=True, slots=True)
class Key:
    """Something orders can share. value: the key, address, member name, or name key; place: of a name its postcode
    key, of a member name its channel; country: where the postcode is, if that is known."""

    identity: Identity
    value: str
    place: str = ""
    country: str | None = None


def keys_of(connection: Connection, node: Node) -> list[Key]:
    """What an order can share with others, the surest first."""
    channel, order_id = node
    if channel == "amazon":
        addresses = connection.execute(
            "SELECT buyer_key FROM reading WHERE order_id = ? AND buyer_key IS NOT NULL "
            "UNION SELECT buyer_key FROM message WHERE order_id = ? AND buyer_key IS NOT NULL",
            (order_id, order_id),
        ).fetchall()
        people = connection.execute(
            "SELECT DISTINCT buyer, recipient, postal_code, country FROM line WHERE order_id = ?", (order_id,)
        ).fetchall()
        keys = [_address(address) for (address,) in addresses]
        return keys + [key for row in people if (key := _person(row[0] or row[1], row[2], row[3]))]
    email, username, name, postal_code, country = connection.execute(
        "SELECT email, username, name, postal_code, country FROM elsewhere WHERE channel = ? AND order_id = ?", node
    ).fetchone()
    keys = [_address(email)] if email else []
    keys += [Key("username", username, channel)] if username else []
    person = _person(name, postal_code, country)
    return [*keys, person] if person else keys


def orders_of(connection: Connection, key: Key) -> tuple[float, list[Node]]:
    """The orders that share a key, and how sure it is that they are one customer's; 0 where it joins none."""
    if key.identity == "name_and_postcode":
        return _of_person(connection, key)
    odds = customer_rules().odds
    most = odds.most_orders + 1
    if key.identity == "username":
        rows = connection.execute(
            "SELECT channel, order_id, name_key FROM elsewhere WHERE channel = ? AND username = ? LIMIT ?",
            (key.place, key.value, most),
        ).fetchall()
        return _sure(odds.username, rows, account=True)
    rows = connection.execute(
        "SELECT channel, order_id, name_key FROM elsewhere WHERE email = ? LIMIT ?", (key.value, most)
    ).fetchall()
    rows += [
        ("amazon", order_id, None)
        for (order_id,) in connection.execute(
            "SELECT order_id FROM reading WHERE buyer_key = ? "
            "UNION SELECT order_id FROM message WHERE buyer_key = ? AND order_id <> '' LIMIT ?",
            (key.value, key.value, most),
        )
    ]
    account = key.identity == "relay_key"
    return _sure(odds.relay_key if account else odds.email, rows, account=account)


def _address(address: str) -> Key:
    """A relay address without what changes from mail to mail, or a person's own address."""
    stable, relay = stable_address(address)
    return Key("relay_key" if relay else "email", stable)


def _person(name: str | None, postal_code: str | None, country: str | None) -> Key | None:
    country = {"UK": "GB"}.get(country or "", country)
    who, where = name_key(name), postcode_key(postal_code, country)
    return Key("name_and_postcode", who, where, country) if who and where else None


def _sure(odds: float, rows: list[Any], *, account: bool) -> tuple[float, list[Node]]:
    """The odds, unless so many orders share the key that no one person is behind it, or so many names.

    account: whether the channel gives the key to one account, which may send to any number of names.
    """
    rules = customer_rules().odds
    names = {row[2] for row in rows if row[2]}
    if (len(names) > rules.most_names and not account) or len(rows) > rules.most_orders:
        return 0.0, []
    return odds, [(row[0], row[1]) for row in rows]


def _of_person(connection: Connection, key: Key) -> tuple[float, list[Node]]:
    rows = connection.execute(
        "SELECT channel, order_id, postal_code, country FROM elsewhere WHERE name_key = ?", (key.value,)
    ).fetchall()
    here: list[Node] = []
    elsewhere: set[str] = set()
    for channel, order_id, postal_code, country in rows:
        known = country or key.country
        where = postcode_key(postal_code, known)
        if where == key.place and (key.country is None or known == key.country):
            here.append((channel, order_id))
        elif where:
            elsewhere.add(f"{country}{where}")
    if not here:
        return 0.0, []
    # Those with a name, which the index of names counts without reading the orders.
    total = connection.execute("SELECT count(*) FROM elsewhere WHERE name_key IS NOT NULL").fetchone()[0]
    return name_and_postcode_odds(key.country, others=len(elsewhere), orders=total), here


def name_and_postcode_odds(country: str | None, *, others: int, orders: int) -> float:
    """The probability that two orders of one full name in one postcode are one customer's.

    others: in how many other postcodes the name orders; orders: among how many orders with names that was counted.
    """
    rules = customer_rules()
    odds, people = rules.odds, rules.postcodes.people.get(country or "", rules.postcodes.other)
    share = (others + odds.name_share * odds.name_weight) / (orders + odds.name_weight)
    return odds.same_person * odds.returning / (odds.returning + people * share)
