"""What is followed through the code of a page: the strings that a value may be or hold."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

# Steps from a container to what is in it. A number is a place in a tuple, and `ANY` stands for any number.
EACH, ANY, KEY, VALUE = "each", "any", "key", "value"
Step = str | int
Literal = tuple[int, int]  # the number of the cell, and that of the string among its `strings`
Value = frozenset[tuple[Literal, tuple[Step, ...]]]
NOTHING: Value = frozenset()

LOOKED_UP, COMPARED, HANDED_ON = "looked up", "compared", "handed on"  # what else a string may be used for
_DEEPEST = 6  # containers within containers
_EFFORT = 200_000  # nodes of syntax trees that are looked at for a page; most pages have a few thousand


class TooMuchError(Exception):
    """The page's code goes too many ways."""


@dataclass
class Uses:
    """What becomes of the strings of a page."""

    printed: set[Literal] = field(default_factory=set)
    drawn: set[Literal] = field(default_factory=set)
    keys: set[Literal] = field(default_factory=set)  # of dictionaries
    otherwise: dict[Literal, set[str]] = field(default_factory=dict)


@dataclass
class Scope:
    """The names of a page, a function or a comprehension, and what they stand for."""

    outer: Scope | None = None
    names: dict[str, Value | Function] = field(default_factory=dict)

    def of(self, name: str) -> Scope | None:
        """The scope in which the name is known."""
        scope: Scope | None = self
        while scope and name not in scope.names:
            scope = scope.outer
        return scope

    def get(self, name: str) -> Value | Function | None:
        scope = self.of(name)
        return scope.names[name] if scope else None


@dataclass(frozen=True, eq=False)
class Function:
    """A function of the page, and the scope in which it was made."""

    node: ast.FunctionDef | ast.AsyncFunctionDef
    scope: Scope


def union(values: Iterable[Value]) -> Value:
    return NOTHING.union(*values)


def either(one: Value | Function, other: Value | Function) -> Value | Function:
    """What a name stands for that stands for one or the other."""
    if isinstance(one, Function) or isinstance(other, Function):
        return one
    return one | other


class Values(ABC):
    """Goes through the code of a page as Python would, with the strings that a value may be in place of the value."""

    def __init__(self) -> None:
        self.uses = Uses()
        self.page = Scope()
        self.ever: dict[str, Value] = {}  # what the names of the page have stood for at any time
        self.functions: list[Function] = []
        self.returned = NOTHING  # by the function that runs
        self._effort = 0

    @abstractmethod
    def value(self, node: ast.expr, scope: Scope) -> Value:
        """The strings that an expression may be or hold."""

    @abstractmethod
    def call(self, function: Function, bound: dict[str, Value]) -> Value:
        """What a function of the page returns for these arguments; others are not known."""

    @abstractmethod
    def block(self, statements: Sequence[ast.stmt], scope: Scope) -> None:
        """Run statements."""

    @abstractmethod
    def parts(self, node: ast.AST, scope: Scope) -> None:
        """Run what uses its parts in a way that is not known."""

    def spend(self) -> None:
        self._effort += 1
        if self._effort > _EFFORT:
            raise TooMuchError

    def leak(self, value: Value, why: str = HANDED_ON) -> None:
        """The value is used otherwise than to be shown."""
        for literal, _ in value:
            self.uses.otherwise.setdefault(literal, set()).add(why)

    def show(self, value: Value, shown: set[Literal]) -> None:
        """The value is shown: as a text, or inside what holds it."""
        shown.update(literal for literal, path in value if not path)
        self.leak(frozenset(each for each in value if each[1]))

    def into(self, step: Step, value: Value) -> Value:
        """What a container is that has `value` at `step`."""
        if step == KEY:
            self.uses.keys.update(literal for literal, path in value if not path)
        deep = frozenset(each for each in value if len(each[1]) == _DEEPEST)
        self.leak(deep)
        return frozenset((literal, (step, *path)) for literal, path in value - deep)

    def take(self, value: Value, *steps: Step, dropped: Sequence[Step] = ()) -> Value:
        """What stands at `steps` in a container. What is neither there nor `dropped` is used otherwise."""
        found, left = set(), set()
        for literal, path in value:
            heads = {path[0], ANY} if path and isinstance(path[0], int) else set(path[:1])
            if heads.intersection(steps):
                found.add((literal, path[1:]))
            elif not heads.intersection(dropped):
                left.add((literal, path))
        self.leak(frozenset(left), LOOKED_UP)
        return frozenset(found)

    def each(self, value: Value) -> Value:
        """What a loop over a container gives."""
        return self.take(value, EACH, ANY, KEY)

    def bind(self, target: ast.expr, value: Value, scope: Scope) -> None:
        """Assign a value."""
        match target:
            case ast.Name(id=name):
                self.name(name, value, scope)
            case ast.Starred(value=inner):
                self.bind(inner, self.into(EACH, value), scope)
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                starred = any(isinstance(each, ast.Starred) for each in targets)
                for place, each in enumerate(targets):
                    steps = (EACH, ANY if starred else place)
                    self.bind(each, self.take(value, *steps, dropped=[ANY]), scope)
            case ast.Subscript(value=ast.Name(id=name), slice=index):
                self.add(name, self.into(KEY, self.value(index, scope)) | self.into(VALUE, value), scope)
            case _:
                self.leak(value)
                self.parts(target, scope)

    def name(self, name: str, value: Value, scope: Scope) -> None:
        """From now on the name stands for `value`."""
        scope.names[name] = value
        if scope is self.page:
            self.ever[name] = self.ever.get(name, NOTHING) | value

    def add(self, name: str, value: Value, scope: Scope) -> None:
        """From now on the name may also stand for `value`."""
        there = scope.of(name) or scope
        before = there.names.get(name, NOTHING)
        if isinstance(before, Function):
            self.leak(value)
        else:
            self.name(name, before | value, there)
