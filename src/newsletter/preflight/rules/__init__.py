"""The rules, one a module; `all_rules` finds them by their names.

The name also says who asks: `ua_` begins those of tagged files, `pdfa_` those of archives,
`EVERYBODYS` are asked for by all, the others by a press.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil

from newsletter.preflight.rule import ARCHIVE, EVERY, PRESS, TAGGED, Profile, Rule

EVERYBODYS = frozenset({"content_damage", "embedded_fonts", "encryption", "mended"})


@functools.cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule in the order of codes."""
    return tuple(sorted(map(_rule, _names()), key=_code))


@functools.cache
def rules_of(profile: Profile) -> tuple[Rule, ...]:
    """Return the rules that a profile asks for in the order of codes; no other is imported."""
    rules = [_rule(name) for name in _names() if profile in _asking(name)]
    return tuple(sorted((rule for rule in rules if profile in rule.profiles), key=_code))


def _names() -> list[str]:
    return [module.name for module in pkgutil.iter_modules(__path__)]


def _asking(name: str) -> frozenset[Profile]:
    """Return the profiles that may ask for the rule of a module."""
    if name in EVERYBODYS:
        return EVERY
    if name.startswith("ua_"):
        return TAGGED
    return ARCHIVE if name.startswith("pdfa_") else PRESS


def _rule(name: str) -> Rule:
    rule: Rule = importlib.import_module(f"{__name__}.{name}").RULE
    return rule


def _code(rule: Rule) -> str:
    return rule.code
