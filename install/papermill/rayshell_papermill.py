"""Writes papermill's parameters as declarations in Java.

papermill loads the entry points of its engines when it is imported. The engine named here is its own; that this module is loaded
makes it know Java, for kernels of any name whose language is java.
"""

import math
import re

from papermill.engines import NBClientEngine as Engine
from papermill.exceptions import PapermillException
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

__all__ = ["Engine", "JavaTranslator"]

_KEYWORDS = frozenset(
    "abstract assert boolean break byte case catch char class const continue default do double else enum extends false final finally"
    " float for goto if implements import instanceof int interface long native new null package private protected public return"
    " short static strictfp super switch synchronized this throw throws transient true try void volatile while _".split()
)
_NAME = re.compile(r"[^\W\d][\w$]*|\$[\w$]*")
_DECLARATION = re.compile(r"^\s*(?:final\s+)?(?P<type>\w[\w.<>,?\s\[\]]*?)\s+(?P<name>\w+)\s*=\s*(?P<value>.*?)\s*;\s*(?://\s*(?P<help>.*))?$")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_BOXES = {"boolean": "Boolean", "int": "Integer", "long": "Long", "double": "Double"}
# What becomes of numbers of several types in one list.
_WIDENED = {"long": ["int"], "double": ["int"], "java.math.BigInteger": ["int", "long"]}
# A class file's constant has at most 65,535 bytes, and a character at most 6.
_LONGEST = 10_000
# As many pairs as Map.of takes.
_FEW = 10


class JavaTranslator(Translator):
    """Values as papermill has them (those of JSON and YAML) to Java's."""

    @classmethod
    def codify(cls, parameters, comment="Parameters"):
        lines = [cls.comment(comment)]
        for name, value in parameters.items():
            if not _NAME.fullmatch(name) or name in _KEYWORDS:
                raise PapermillException(f"name={name!r}: a parameter of a Java notebook has to be a name in Java")
            kind = type_of(value)
            lines.append(f"{kind} {name} = {literal(value, kind)};")
        return "\n".join(lines) + "\n"

    @classmethod
    def translate(cls, val):
        return literal(val, type_of(val))

    @classmethod
    def comment(cls, cmt_str):
        return "\n".join(f"// {line}".strip() for line in str(cmt_str).splitlines() or [""])

    @classmethod
    def assign(cls, name, str_val):
        return f"var {name} = {str_val};"

    @classmethod
    def inspect(cls, parameters_cell):
        """The declarations that take one line each."""
        found = (_DECLARATION.match(line) for line in parameters_cell["source"].splitlines())
        return [Parameter(d["name"], d["type"], d["value"], d["help"] or "") for d in found if d]


def type_of(value):
    """The type that a value is declared with."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "int" if -(2**31) <= value < 2**31 else "long" if -(2**63) <= value < 2**63 else "java.math.BigInteger"
    if isinstance(value, float):
        return "double"
    if isinstance(value, dict):
        return f"Map<String, {_common(value.values())}>"
    if isinstance(value, (list, tuple)):
        return f"List<{_common(value)}>"
    return "Object" if value is None else "String"


def _common(values):
    """The type of elements: one that they all have, as numbers where they are numbers."""
    kinds = {type_of(value) for value in values if value is not None}
    for widest, narrower in _WIDENED.items():
        if widest in kinds and kinds <= {widest, *narrower}:
            kinds = {widest}
    if len(kinds) != 1:
        return "Object"
    kind = kinds.pop()
    return _BOXES.get(kind, kind)


def literal(value, kind):
    """The value as an expression that fits the type."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _integer(value, kind)
    if isinstance(value, float):
        return _double(value)
    if isinstance(value, dict):
        return _map(value, _arguments(kind, "Map<String, "))
    if isinstance(value, (list, tuple)):
        inner = _arguments(kind, "List<")
        if len(value) == 1 and value[0] is None:
            return "Collections.singletonList(null)"
        elements = ", ".join(literal(element, inner) for element in value)
        return f"Arrays.asList({elements})" if None in value else f"List.of({elements})"
    return _string(str(value))


def _arguments(kind, generic):
    """What is in the angle brackets of a generic type; Object where the type is Object."""
    return kind[len(generic) : -1] if kind.startswith(generic) else "Object"


def _integer(value, kind):
    own = type_of(value) if kind == "Object" else kind
    if own in ("long", "Long"):
        return f"{value}L"
    if own in ("double", "Double"):
        return _double(float(value))
    return f'new java.math.BigInteger("{value}")' if own == "java.math.BigInteger" else str(value)


def _double(value):
    if math.isnan(value):
        return "Double.NaN"
    if math.isinf(value):
        return "Double.POSITIVE_INFINITY" if value > 0 else "Double.NEGATIVE_INFINITY"
    return repr(value)


def _map(value, inner):
    pairs = [(_string(str(key)), literal(element, inner)) for key, element in value.items()]
    if None in value.values():
        # Map.of takes no null. The copy is not of an anonymous class.
        puts = " ".join(f"put({key}, {element});" for key, element in pairs)
        return f"new LinkedHashMap<>(new LinkedHashMap<String, {inner}>() {{{{ {puts} }}}})"
    if len(pairs) > _FEW:
        return f"Map.ofEntries({', '.join(f'Map.entry({key}, {element})' for key, element in pairs)})"
    return f"Map.of({', '.join(part for pair in pairs for part in pair)})"


def _string(text):
    parts = [text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST)] or [""]
    quoted = ['"' + "".join(_escaped(c) for c in part) + '"' for part in parts]
    return quoted[0] if len(quoted) == 1 else f'String.join("", {", ".join(quoted)})'


def _escaped(char):
    if char in _ESCAPES:
        return _ESCAPES[char]
    code = ord(char)
    if code < 0x20 or code == 0x7F:
        # Not as Unicode escapes, which javac reads before it looks for strings.
        return f"\\{code:03o}"
    return f"\\u{code:04x}" if 0xD800 <= code < 0xE000 else char


papermill_translators.register("java", JavaTranslator)
