"""What somebody signed in by a provider may be here: rules, in order, from the provider's claims to role and pins.

The first rule that matches decides. One that matches and names a pin that the claims do not give lets nobody in: what
comes after it may be wider.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from data_access.roles import PINS, ROLES

Value = str | bool | int
"""What a rule looks for: the claim itself, or one of its members where it is a list."""


class ClaimsProblem(ValueError):
    """Rules that cannot be used; the message names the rule and says how to mend it."""


class NoPlace(LookupError):
    """The claims give no account. `claim` is the one that a pin was to be read from; None: no rule matches."""

    def __init__(self, claim: str | None = None) -> None:
        super().__init__(claim or "no rule matches")
        self.claim = claim


@dataclass(frozen=True)
class FromClaim:
    """A pin that a claim gives. `values`: value of the claim -> slug; None: the value is the slug."""

    claim: str
    values: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Rule:
    """Whoever has this value in this claim gets this role, pinned so: parameter -> slug, or where to read it."""

    claim: str
    value: Value
    role: str
    pinned: Mapping[str, str | FromClaim] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Place:
    """What somebody may be here."""

    role: str
    pinned: Mapping[str, str]


def place_of(rules: Sequence[Rule], claims: Mapping[str, Any]) -> Place:
    """What these claims give. Raises NoPlace."""
    for rule in rules:
        found = claim_in(claims, rule.claim)
        if any(_same(one, rule.value) for one in (found if isinstance(found, list) else [found])):
            return Place(rule.role, {name: _slug(pin, claims) for name, pin in rule.pinned.items()})
    raise NoPlace


def claim_in(claims: Mapping[str, Any], name: str) -> Any:
    """The claim of this name: by its whole name, which may be an address, or else a way into objects, by dots."""
    if name in claims:
        return claims[name]
    first, dot, rest = name.partition(".")
    inner = claims.get(first)
    return claim_in(inner, rest) if dot and isinstance(inner, Mapping) else None


def claims_named(rules: Sequence[Rule]) -> frozenset[str]:
    """All claims that the rules look at."""
    pins = [pin for rule in rules for pin in rule.pinned.values()]
    return frozenset({*(rule.claim for rule in rules), *(pin.claim for pin in pins if isinstance(pin, FromClaim))})


def pins_named(rules: Sequence[Rule]) -> list[tuple[str, str]]:
    """Parameter and slug of every pin that the rules write out, as far as it is known before anybody comes."""
    found: list[tuple[str, str]] = []
    for rule in rules:
        for name, pin in rule.pinned.items():
            slugs = [pin] if isinstance(pin, str) else (pin.values or {}).values()
            found += [(name, slug) for slug in slugs]
    return list(dict.fromkeys(found))


def _same(one: Any, value: Value) -> bool:
    # By type too: to Python, True is 1.
    return type(one) is type(value) and bool(one == value)


def _slug(pin: str | FromClaim, claims: Mapping[str, Any]) -> str:
    if isinstance(pin, str):
        return pin
    found = claim_in(claims, pin.claim)
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    slug = found if pin.values is None or not isinstance(found, str) else pin.values.get(found)
    if not isinstance(slug, str) or not slug:
        raise NoPlace(pin.claim)
    return slug


_FORM: Final = 'write each as {claim = "groups", value = "auditors", role = "viewer", pinned = {government = "sindh"}}'


def rules_from(content: Any) -> tuple[Rule, ...]:
    """The rules in what a file of settings holds: a list of tables, or a table that has it as `rule`.

    Raises ClaimsProblem.
    """
    listed = content.get("rule") if isinstance(content, Mapping) else content
    if not isinstance(listed, list) or not listed:
        raise ClaimsProblem(f"there is no list of rules; {_FORM}.")
    return tuple(_rule(number, table) for number, table in enumerate(listed, 1))


def _rule(number: int, table: Any) -> Rule:
    here = f"rule {number}"
    if not isinstance(table, Mapping) or not {"claim", "value", "role"} <= set(table):
        raise ClaimsProblem(f"{here} does not have claim, value and role; {_FORM}.")
    if unknown := sorted(set(table) - {"claim", "value", "role", "pinned"}):
        raise ClaimsProblem(f"{here} has {unknown[0]!r}, which no rule has; {_FORM}.")
    claim, value, role, pinned = table["claim"], table["value"], table["role"], table.get("pinned", {})
    if not isinstance(claim, str) or not claim:
        raise ClaimsProblem(f"{here}: the claim is no name; {_FORM}.")
    if not isinstance(value, Value):
        raise ClaimsProblem(f"{here}: the value is not one text, number, true or false; write a rule for each.")
    if not isinstance(role, str) or role not in ROLES:
        raise ClaimsProblem(f"{here}: there is no role {role!r}; roles are {', '.join(ROLES)}.")
    if not isinstance(pinned, Mapping):
        raise ClaimsProblem(f'{here}: pinned is no table; write pinned = {{government = "sindh"}}.')
    pins = {name: _pin(f"{here}: {name}", pin) for name, pin in pinned.items()}
    if missing := [name for name in ROLES[role].must if name not in pins]:
        raise ClaimsProblem(f'{here}: {role} is pinned to a {missing[0]}; write pinned = {{{missing[0]} = "…"}}.')
    allowed = [name for name in PINS if name in ROLES[role].must + ROLES[role].may]
    if unknown := [name for name in pins if name not in allowed]:
        can = f"it can be to {', '.join(allowed)}" if allowed else "it has no pins"
        raise ClaimsProblem(f"{here}: {role} cannot be pinned to {unknown[0]!r}; {can}.")
    return Rule(claim, value, role, MappingProxyType({name: pins[name] for name in PINS if name in pins}))


def _pin(here: str, pin: Any) -> str | FromClaim:
    if isinstance(pin, str) and pin:
        return pin
    values = pin.get("values") if isinstance(pin, Mapping) else None
    if (
        not isinstance(pin, Mapping)
        or set(pin) - {"claim", "values"}
        or not (isinstance(pin.get("claim"), str) and pin["claim"])
        or not (values is None or _maps_texts(values))
    ):
        form = 'a slug, or as {claim = "province", values = {"Sindh" = "sindh"}} to read it from a claim'
        raise ClaimsProblem(f"{here} is no pin; write {form}.")
    return FromClaim(pin["claim"], values if values is None else MappingProxyType(dict(values)))


def _maps_texts(values: Any) -> bool:
    return isinstance(values, Mapping) and all(isinstance(one, str) and one for pair in values.items() for one in pair)
