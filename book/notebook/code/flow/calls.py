"""Following strings through calls: of the page's own functions, of Python's, and of methods of containers."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from book.notebook.code.drawing import Helpers, text_arguments
from book.notebook.code.flow.expressions import Expressions
from book.notebook.code.flow.values import EACH, KEY, LOOKED_UP, NOTHING, VALUE, Function, Literal, Scope, Value, union

_DEEPEST = 6  # calls within calls


class Calls(Expressions):
    """Follows strings through calls."""

    def __init__(self, literals: dict[int, Literal], helpers: Helpers) -> None:
        super().__init__(literals)
        self._helpers = helpers
        self._running: list[ast.AST] = []

    def _Call(self, node: ast.Call, scope: Scope) -> Value:
        match node.func:
            case ast.Name(id=name):
                known = scope.get(name)
                if isinstance(known, Function):
                    return self.call(known, self._arguments(node, known.node.args, scope))
                found = self._builtin(name, node, scope) if known is None else None
            case ast.Attribute(value=owner, attr=name):
                found = self._method(owner, name, node.args, scope)
            case _:
                found = None
        return self._drawing(node, scope) if found is None else found

    def call(self, function: Function, bound: dict[str, Value]) -> Value:
        if function.node in self._running or len(self._running) == _DEEPEST:
            self.leak(union(bound.values()))
            return NOTHING
        arguments = function.node.args
        scope = Scope(function.scope)
        named = [*arguments.posonlyargs, *arguments.args]
        for argument in [*named, *arguments.kwonlyargs, *filter(None, (arguments.vararg, arguments.kwarg))]:
            scope.names[argument.arg] = NOTHING
        defaults = zip(named[len(named) - len(arguments.defaults) :], arguments.defaults, strict=True)
        for argument, default in [*defaults, *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]:
            if default is not None:
                scope.names[argument.arg] = self.value(default, function.scope)
        scope.names.update(bound)
        before, self.returned = self.returned, NOTHING
        self._running.append(function.node)
        self.block(function.node.body, scope)
        self._running.pop()
        returned, self.returned = self.returned, before
        return returned

    def _arguments(self, call: ast.Call, arguments: ast.arguments, scope: Scope) -> dict[str, Value]:
        """What a call hands to a function of the page, by the names that it has there."""
        names = [each.arg for each in [*arguments.posonlyargs, *arguments.args]]
        bound: dict[str, Value] = {}
        for place, each in enumerate(call.args):
            if isinstance(each, ast.Starred) or place >= len(names):
                self.leak(self.value(_plain(each), scope))
            else:
                bound[names[place]] = self.value(each, scope)
        known = {*names, *(each.arg for each in arguments.kwonlyargs)}
        for keyword in call.keywords:
            value = self.value(keyword.value, scope)
            if keyword.arg in known:
                bound[keyword.arg or ""] = value
            else:
                self.leak(value)
        return bound

    def _drawing(self, call: ast.Call, scope: Scope) -> Value:
        """A call that may draw some of its arguments, and uses the others in a way that is not known."""
        drawn = list(text_arguments(call, self._helpers))
        for each in drawn:
            value = self.value(each, scope)
            plain = frozenset(piece for piece in value if not piece[1])
            self.show(plain | self.each(value - plain), self.uses.drawn)
        for each in [call.func, *call.args, *(keyword.value for keyword in call.keywords)]:
            if each not in drawn:
                self.leak(self.value(_plain(each), scope))
        return NOTHING

    def _builtin(self, name: str, call: ast.Call, scope: Scope) -> Value | None:
        """What a function of Python's own gives; None for one that uses its arguments in another way."""
        if name == "print" and {each.arg for each in call.keywords} <= {"sep", "end", "flush"}:
            return self._print(call, scope)
        if any(isinstance(each, ast.Starred) for each in call.args):
            return None
        match name, call.args:
            case "str", [item]:
                value = self.value(item, scope)
                return frozenset(each for each in value if not each[1])
            case "enumerate", [over]:
                return self.into(EACH, self.into(1, self.each(self.value(over, scope))))
            case "list" | "tuple" | "iter" | "reversed", [over]:
                return self.into(EACH, self.each(self.value(over, scope)))
            case "zip", overs:
                items = [self.into(n, self.each(self.value(over, scope))) for n, over in enumerate(overs)]
                return self.into(EACH, union(items))
        return None

    def _print(self, call: ast.Call, scope: Scope) -> Value:
        for each in call.args:
            value = self.value(_plain(each), scope)
            self.show(self.each(value) if isinstance(each, ast.Starred) else value, self.uses.printed)
        for keyword in call.keywords:
            value = self.value(keyword.value, scope)
            self.show(value, self.uses.printed)
        return NOTHING

    def _method(self, owner: ast.expr, name: str, arguments: Sequence[ast.expr], scope: Scope) -> Value | None:
        """What a method of a dictionary, a list or a string gives; None for another one."""
        match name, arguments, owner:
            case "items" | "keys" | "values", [], _:
                return self._entries(name, self.value(owner, scope))
            case "get", [key], _:
                self.leak(self.value(key, scope), LOOKED_UP)
                return self.take(self.value(owner, scope), VALUE)
            case "get", [key, default], _:
                self.leak(self.value(key, scope), LOOKED_UP)
                found = self.take(self.value(owner, scope), VALUE)
                is_same = ast.dump(key) == ast.dump(default)  # a key without words of its own, which is used otherwise
                return found if is_same else found | self.value(default, scope)
            case "append", [item], ast.Name(id=list_name):
                self.add(list_name, self.into(EACH, self.value(item, scope)), scope)
                return NOTHING
            case "extend", [items], ast.Name(id=list_name):
                self.add(list_name, self.into(EACH, self.each(self.value(items, scope))), scope)
                return NOTHING
            case "join", [items], _:
                return self.value(owner, scope) | self.each(self.value(items, scope))
        return None

    def _entries(self, name: str, value: Value) -> Value:
        """What `items()`, `keys()` or `values()` of a dictionary gives."""
        if name == "keys":
            return self.into(EACH, self.take(value, KEY, dropped=[VALUE]))
        if name == "values":
            return self.into(EACH, self.take(value, VALUE, dropped=[KEY]))
        keys, values = self.take(value, KEY, dropped=[VALUE]), self.take(value, VALUE, dropped=[KEY])
        return self.into(EACH, self.into(0, keys) | self.into(1, values))


def _plain(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Starred) else node
