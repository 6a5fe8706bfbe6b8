"""Following strings through expressions."""

from __future__ import annotations

import ast
from abc import abstractmethod
from collections.abc import Callable, Sequence

from book.notebook.code.flow.values import (
    ANY,
    COMPARED,
    EACH,
    KEY,
    LOOKED_UP,
    NOTHING,
    VALUE,
    Function,
    Literal,
    Scope,
    Step,
    Value,
    Values,
    union,
)


class Expressions(Values):
    """A method for each kind of expression, named after it; what has none is not known to show its parts."""

    def __init__(self, literals: dict[int, Literal]) -> None:
        super().__init__()
        self._literals = literals  # by the `id` of their nodes

    def value(self, node: ast.expr, scope: Scope) -> Value:
        self.spend()
        follow: Callable[[ast.expr, Scope], Value] = getattr(self, f"_{type(node).__name__}", self._unknown)
        return follow(node, scope)

    def _unknown(self, node: ast.expr, scope: Scope) -> Value:
        self.parts(node, scope)
        return NOTHING

    @abstractmethod
    def _Call(self, node: ast.Call, scope: Scope) -> Value: ...

    def _literal(self, node: ast.expr) -> Value:
        literal = self._literals.get(id(node))
        return frozenset([(literal, ())]) if literal else NOTHING

    def _Constant(self, node: ast.Constant, scope: Scope) -> Value:
        return self._literal(node)

    def _JoinedStr(self, node: ast.JoinedStr, scope: Scope) -> Value:
        found = self._literal(node)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                value = self.value(part.value, scope)
                if part.conversion == -1 or (part.conversion == ord("s") and not part.format_spec):
                    found |= frozenset(each for each in value if not each[1])
                self.leak(value - found)
                if part.format_spec:
                    self.parts(part.format_spec, scope)
        return found

    def _Name(self, node: ast.Name, scope: Scope) -> Value:
        found = scope.get(node.id)
        if isinstance(found, Function):  # somebody else may call it
            self.leak(self.call(found, {}))
            return NOTHING
        return found or NOTHING

    def _IfExp(self, node: ast.IfExp, scope: Scope) -> Value:
        self.value(node.test, scope)
        return self.value(node.body, scope) | self.value(node.orelse, scope)

    def _BoolOp(self, node: ast.BoolOp, scope: Scope) -> Value:
        return union(self.value(each, scope) for each in node.values)

    def _UnaryOp(self, node: ast.UnaryOp, scope: Scope) -> Value:
        self.value(node.operand, scope)
        return NOTHING

    def _BinOp(self, node: ast.BinOp, scope: Scope) -> Value:
        return self._unknown(node, scope) if not isinstance(node.op, ast.Add) else self._sum(node, scope)

    def _sum(self, node: ast.BinOp, scope: Scope) -> Value:
        return self.value(node.left, scope) | self.value(node.right, scope)

    def _Compare(self, node: ast.Compare, scope: Scope) -> Value:
        identity = all(isinstance(op, ast.Is | ast.IsNot) for op in node.ops)
        for each in [node.left, *node.comparators]:
            value = self.value(each, scope)
            self.leak(NOTHING if identity else value, COMPARED)
        return NOTHING

    def _Tuple(self, node: ast.Tuple, scope: Scope) -> Value:
        return union(self._item(each, place, scope) for place, each in enumerate(node.elts))

    def _List(self, node: ast.List, scope: Scope) -> Value:
        return union(self._item(each, EACH, scope) for each in node.elts)

    def _item(self, node: ast.expr, step: Step, scope: Scope) -> Value:
        if isinstance(node, ast.Starred):
            return self.into(EACH, self.each(self.value(node.value, scope)))
        return self.into(step, self.value(node, scope))

    def _Dict(self, node: ast.Dict, scope: Scope) -> Value:
        return self._dictionary(node.keys, node.values, scope)

    def _dictionary(self, keys: Sequence[ast.expr | None], values: Sequence[ast.expr], scope: Scope) -> Value:
        found = NOTHING
        for key, node in zip(keys, values, strict=True):
            value = self.value(node, scope)
            if key is None:
                found |= value  # another dictionary
                continue
            name = self.value(key, scope)
            if isinstance(key, ast.JoinedStr):  # whether it stays another one than its neighbours, nobody knows
                self.leak(name)
            found |= self.into(KEY, name) | self.into(VALUE, value)
        return found

    def _ListComp(self, node: ast.ListComp | ast.GeneratorExp, scope: Scope) -> Value:
        return self.into(EACH, self.value(node.elt, self._inner(node.generators, scope)))

    _GeneratorExp = _ListComp

    def _DictComp(self, node: ast.DictComp, scope: Scope) -> Value:
        return self._dictionary([node.key], [node.value], self._inner(node.generators, scope))

    def _inner(self, generators: Sequence[ast.comprehension], scope: Scope) -> Scope:
        made = Scope(scope)
        for each in generators:
            self.bind(each.target, self.each(self.value(each.iter, made)), made)
            for test in each.ifs:
                self.value(test, made)
        return made

    def _Subscript(self, node: ast.Subscript, scope: Scope) -> Value:
        value, index = self.value(node.value, scope), node.slice
        if isinstance(index, ast.Slice):
            self.parts(index, scope)
            return self.into(EACH, self.take(value, EACH, ANY))
        self.leak(self.value(index, scope), LOOKED_UP)
        if isinstance(index, ast.Constant) and isinstance(index.value, int):
            return self.take(value, EACH, VALUE, index.value, dropped=[ANY])
        return self.take(value, EACH, ANY, VALUE)

    def _NamedExpr(self, node: ast.NamedExpr, scope: Scope) -> Value:
        found = self.value(node.value, scope)
        self.bind(node.target, found, scope)
        return found

    def _Lambda(self, node: ast.Lambda, scope: Scope) -> Value:
        self.leak(self.value(node.body, Scope(scope, {each.arg: NOTHING for each in node.args.args})))
        return NOTHING

    def _Yield(self, node: ast.Yield, scope: Scope) -> Value:
        if node.value:
            self.returned |= self.into(EACH, self.value(node.value, scope))
        return NOTHING
