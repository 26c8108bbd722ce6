"""JSON in which numbers and text survive."""

from __future__ import annotations

import json
import uuid
from decimal import Decimal
from typing import Any, Callable, List, Union

# Python refuses to convert longer ones since 3.10.7 (sys.set_int_max_str_digits); one such number in
# somebody's payload must not make the whole answer unreadable.
_MOST_DIGITS = 4000


def loads(text: Union[str, bytes], decimals: bool = False) -> Any:
    """
    Integers are exact, however large. Other numbers become float, or with ``decimals`` exact Decimal.
    """
    parse_float: Callable[[str], Any] = Decimal if decimals else float
    try:
        return json.loads(text, parse_float=parse_float)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return json.loads(text, parse_float=parse_float, parse_int=_long_int)


def _long_int(digits: str) -> Union[int, Decimal]:
    return int(digits) if len(digits) < _MOST_DIGITS else Decimal(digits)


class _HasDecimals(Exception):
    pass


def _not_plain(value: object) -> Any:
    if isinstance(value, Decimal):
        raise _HasDecimals
    raise TypeError(f"{type(value).__name__} is no JSON")


_PLAIN = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_not_plain)


def dumps(value: Any) -> bytes:
    """UTF-8. Decimals are written digit by digit; NaN and infinity are refused (ValueError)."""
    try:
        text = _PLAIN.encode(value)
    except _HasDecimals:
        text = _with_decimals(value)
    try:
        return text.encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair, which UTF-8 has no bytes for, but JSON has an escape.
        return "".join(c if not "\ud800" <= c <= "\udfff" else f"\\u{ord(c):04x}" for c in text).encode()


def _with_decimals(value: Any) -> str:
    # The json module has no hook that returns a number's text. So a Decimal becomes a string that nobody
    # else can have written, and the quotes around it are taken off again.
    mark = uuid.uuid4().hex
    numbers: List[str] = []

    def marked(number: object) -> str:
        if not isinstance(number, Decimal):
            raise TypeError(f"{type(number).__name__} is no JSON")
        if not number.is_finite():
            raise ValueError(f"{number} is no JSON")
        numbers.append(str(number))
        return mark

    text = json.JSONEncoder(
        ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=marked
    ).encode(value)
    parts = text.split(f'"{mark}"')
    out = [parts[0]]
    for number, part in zip(numbers, parts[1:]):
        out.append(number)
        out.append(part)
    return "".join(out)
