"""Objections that a bag keeps in words: told again in the language of who asks.

In: a line of bag-info.txt, `place: N750 nobody has approved page 5`, always in English. Out: the
same in a language, as far as the catalogue still has the sentence; else the line as it is.
"""

from __future__ import annotations

import functools
import re
from string import Formatter

from newsletter.diagnostics import Diagnostic, Language, Term, catalogue, terms

OBJECTION = "Newsletter-Objection"
"""The label under which bag-info.txt keeps them."""
CODED = re.compile(r"(?P<place>.*?)\b(?P<code>N\d{3}) (?P<sentence>.*)", re.DOTALL)


def objection(found: Diagnostic) -> str:
    """Return the line that a bag keeps of what spoke against it."""
    place = f"{found.place}: " if found.place else ""
    return f"{place}{found.code} {found.message()}"


def told(line: str, language: Language) -> str:
    """Return such a line in a language."""
    match = CODED.fullmatch(line)
    if match is None or language == "en" or match["code"] not in catalogue():
        return line
    heard = _pattern(match["code"]).fullmatch(match["sentence"])
    if heard is None:
        return line
    values = {name: _value(value) for name, value in heard.groupdict().items()}
    sentence = Diagnostic(match["code"], None, values).message(language)
    return f"{match['place']}{match['code']} {sentence}"


@functools.cache
def _pattern(code: str) -> re.Pattern[str]:
    """Return what the English sentence of a code matches, each of its values by its name."""
    parts, named = [], set[str]()
    for text, name, spec, _conversion in Formatter().parse(catalogue()[code].message["en"]):
        parts.append(re.escape(text))
        if spec and "|" in spec:  # the word that a count chooses
            parts.append(f"(?:{'|'.join(map(re.escape, spec.split('|')))})")
        elif name:
            parts.append(f"(?P={name})" if name in named else f"(?P<{name}>.*?)")
            named.add(name)
    return re.compile("".join(parts), re.DOTALL)


def _value(text: str) -> str:
    """Return a value as it was: a word of ours again, where it reads like one."""
    return next((Term(key) for key, said in terms().items() if said["en"] == text), text)
