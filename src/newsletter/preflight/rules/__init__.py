"""The rules, one a module; `all_rules` finds them by their names."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from newsletter.preflight.rule import Rule


@functools.cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule in the order of codes."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    rules = [importlib.import_module(f"{__name__}.{name}").RULE for name in names]
    return tuple(sorted(rules, key=lambda rule: rule.code))
