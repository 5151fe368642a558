"""Which rows are wanted, as an expression of comparisons: `page_type == "article" and words > 99`.

The expression is read by Python's own parser and built into functions from a small set of nodes;
nothing of it is ever run as Python.
"""

import ast
import operator
import re
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from cleanarticle.batch.item import Status
from cleanarticle.batch.row import COLUMNS
from cleanarticle.errors import OptionError
from cleanarticle.records import PageType

Value = Callable[[Mapping[str, Any]], Any]
Test = Callable[[Mapping[str, Any]], bool]

MAX_CHARACTERS = 1_000
MAX_DEPTH = 40  # of brackets and operators within one another
_SHOWN = 60  # characters of an expression that is too long
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_VALUES = {"status": tuple(map(str, Status)), "page_type": tuple(map(str, PageType))}
_LONE_SIGN = re.compile("[^=!<>]=[^=]")

_EQUAL: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_ORDER: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_WORDS = {
    ast.Call: "a call",
    ast.Attribute: "an attribute",
    ast.Subscript: "a subscript",
    ast.BinOp: "arithmetic",
    ast.JoinedStr: "an f-string",
    ast.Lambda: "a lambda",
    ast.IfExp: "a choice with if",
    ast.NamedExpr: "an assignment",
    ast.Compare: "a comparison in brackets",
    ast.BoolOp: "and, or",
}


class _Refused(Exception):
    """What is wrong with an expression; told with the expression by `parse`."""


def parse(expression: str) -> Test:
    """A test of rows: whether the expression holds for a row.

    It may have `and`, `or`, `not`, comparisons, also in chains, and `in` and `not in` with a list
    of values or a column of text on the right; names of `COLUMNS`; and strings, numbers, True,
    False and None. Dates are text, as YYYY-MM-DD. A column alone asks whether it is known. What is
    missing or of another type is neither less nor greater than anything, and in nothing.

    Raises:
        OptionError: the expression has anything else, or cannot be read. Rows make nothing raise.
    """
    try:
        return _test(_tree(expression), 0)
    except _Refused as refused:
        shown = expression if len(expression) <= MAX_CHARACTERS else f"{expression[:_SHOWN]}…"
        raise OptionError(f"cannot select by {shown!r}: {refused}") from None


def _tree(expression: str) -> ast.expr:
    if len(expression) > MAX_CHARACTERS:
        raise _Refused(f"it has {len(expression)} characters, the limit is {MAX_CHARACTERS}")
    if not expression.strip():
        raise _Refused("it is empty")
    try:
        with warnings.catch_warnings():  # such as of "\d", which the tests below do not care for
            warnings.simplefilter("ignore")
            return ast.parse(expression.strip(), mode="eval").body
    except SyntaxError as error:
        hint = "; equality is written ==" if _LONE_SIGN.search(expression) else ""
        raise _Refused(f"it is no expression{hint}") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise _Refused("it cannot be read") from error


def _test(node: ast.expr, depth: int) -> Test:
    """The function of what is true or false."""
    if depth > MAX_DEPTH:
        raise _Refused(f"it is more than {MAX_DEPTH} levels deep")
    match node:
        case ast.BoolOp(op=joint, values=parts):
            tests = [_test(part, depth + 1) for part in parts]
            return _all(tests) if isinstance(joint, ast.And) else _any(tests)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _not(_test(operand, depth + 1))
        case ast.Compare():
            return _chain(node)
        case ast.Name(id=name):
            return _known(_column(name))
        case ast.Constant(value=bool() as truth):
            return lambda _row: bool(truth)
        case ast.Constant(value=constant):
            raise _Refused(f"{constant!r} stands where a comparison is wanted")
    raise _unknown(node)


def _chain(node: ast.Compare) -> Test:
    operands = [node.left, *node.comparators]
    tests = [
        _comparison(left, sign, right)
        for left, sign, right in zip(operands, node.ops, operands[1:], strict=False)
    ]
    return tests[0] if len(tests) == 1 else _all(tests)


def _comparison(left: ast.expr, sign: ast.cmpop, right: ast.expr) -> Test:
    kind = type(sign)
    if kind in _EQUAL or kind in _ORDER:
        _check_value(left, right)
        _check_value(right, left)
    if kind in _EQUAL:
        return _compared(_value(left), _EQUAL[kind], _value(right))
    if kind in _ORDER:
        return _compared(_value(left), _ordered(_ORDER[kind]), _value(right))
    if isinstance(sign, ast.In | ast.NotIn):
        found = _within(_value(left), _container(right))
        return found if isinstance(sign, ast.In) else _not(found)
    raise _Refused("identity is not compared: write == or != in place of is")


def _check_value(column: ast.expr, value: ast.expr) -> None:
    """Refuse a comparison of a column with what it never holds: it would select nothing."""
    if not isinstance(column, ast.Name) or not isinstance(value, ast.Constant):
        return
    name, given = _column(column.id), value.value
    if not isinstance(given, str | int | float):
        return
    type_name, known = COLUMNS[name], _VALUES.get(name)
    if type_name == "texts":
        raise _Refused(f"{name} is a list: write {given!r} in {name}")
    if _is_number(given) is not (type_name in ("number", "integer")):
        raise _Refused(f"{name} is a {'text' if _is_number(given) else 'number'}, not {given!r}")
    if type_name == "date" and not _DATE.fullmatch(str(given)):
        raise _Refused(f"{name} is a day such as '2024-05-31', not {given!r}")
    if known is not None and given not in known:
        raise _Refused(f"{name} is one of {', '.join(known)}, not {given!r}")


def _value(node: ast.expr) -> Value:
    """The function of an operand: a column or a constant."""
    if isinstance(node, ast.Name):
        return operator.methodcaller("get", _column(node.id))
    constant = _constant(node)
    return lambda _row: constant


def _constant(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=str() | int() | float() | None as constant):
            return constant
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -number
    raise _unknown(node)


def _container(node: ast.expr) -> Value:
    """The function of what stands on the right of `in`."""
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            constants = [_constant(part) for part in parts]
            return lambda _row: constants
        case ast.Name(id=name):
            if COLUMNS[_column(name)] in ("number", "integer"):
                raise _Refused(f"{name} is a number, and nothing is in it")
            return _value(node)
    raise _Refused("on the right of in stands a list such as ('en', 'de'), or a column of text")


def _column(name: str) -> str:
    if name not in COLUMNS:
        raise _Refused(f"{name} is no column; the columns are {', '.join(COLUMNS)}")
    return name


def _unknown(node: ast.expr) -> _Refused:
    word = _WORDS.get(type(node))
    if word is None and isinstance(node, ast.Constant):
        word = f"a value of type {type(node.value).__name__}"
    return _Refused(f"{word or type(node).__name__.lower()} is not taken here")


def _all(tests: list[Test]) -> Test:
    return lambda row: all(test(row) for test in tests)


def _any(tests: list[Test]) -> Test:
    return lambda row: any(test(row) for test in tests)


def _not(test: Test) -> Test:
    return lambda row: not test(row)


def _known(name: str) -> Test:
    return lambda row: bool(row.get(name))


def _compared(left: Value, compare: Callable[[Any, Any], bool], right: Value) -> Test:
    return lambda row: compare(left(row), right(row))


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """The comparison, false for what has no order."""

    def compare_alike(left: Any, right: Any) -> bool:
        alike = isinstance(left, str) and isinstance(right, str)
        return (alike or (_is_number(left) and _is_number(right))) and compare(left, right)

    return compare_alike


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _within(part: Value, whole: Value) -> Test:
    """Whether a value is in a list, or a text in a text."""

    def found(row: Mapping[str, Any]) -> bool:
        value, container = part(row), whole(row)
        if isinstance(container, list | tuple):
            return value in container
        return isinstance(container, str) and isinstance(value, str) and value in container

    return found
