"""Following strings through statements: what may run, what runs again, and what it leaves in the names."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from book.notebook.code.flow.calls import Calls
from book.notebook.code.flow.values import NOTHING, Function, Scope, either


class Statements(Calls):
    """A method for each kind of statement, named after it; what has none uses its parts in a way that is not known."""

    def block(self, statements: Sequence[ast.stmt], scope: Scope) -> None:
        for each in statements:
            self.spend()
            follow: Callable[[ast.stmt, Scope], None] = getattr(self, f"_{type(each).__name__}", self.parts)
            follow(each, scope)

    def parts(self, node: ast.AST, scope: Scope) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.leak(self.value(child, scope))
            elif isinstance(child, ast.stmt):
                self._branches([[child], []], scope)
            else:
                self.parts(child, scope)

    def _branches(self, blocks: Sequence[Sequence[ast.stmt]], scope: Scope) -> None:
        """Of these blocks one runs."""
        before, after = dict(scope.names), dict(scope.names)
        ends = []
        for statements in blocks:
            scope.names.clear()
            scope.names.update(before)
            self.block(statements, scope)
            ends.append(dict(scope.names))
        after = ends[0]
        for names in ends[1:]:
            for name, value in names.items():
                after[name] = either(after[name], value) if name in after else value
        scope.names.clear()
        scope.names.update(after)

    def _loop(self, statements: Sequence[ast.stmt], scope: Scope, begin: Callable[[], object]) -> None:
        """Statements that run again and again, until nothing new comes of it."""
        while True:
            before = dict(scope.names)
            begin()
            self._branches([statements, []], scope)
            for name, value in before.items():
                scope.names[name] = either(scope.names[name], value)
            if scope.names == before:
                return

    def _Expr(self, node: ast.Expr, scope: Scope) -> None:
        self.value(node.value, scope)

    def _Assign(self, node: ast.Assign, scope: Scope) -> None:
        value = self.value(node.value, scope)
        for target in node.targets:
            self.bind(target, value, scope)

    def _AnnAssign(self, node: ast.AnnAssign, scope: Scope) -> None:
        if node.value:
            self.bind(node.target, self.value(node.value, scope), scope)

    def _AugAssign(self, node: ast.AugAssign, scope: Scope) -> None:
        if isinstance(node.target, ast.Name) and isinstance(node.op, ast.Add):
            self.add(node.target.id, self.value(node.value, scope), scope)
        else:
            self.parts(node, scope)

    def _For(self, node: ast.For | ast.AsyncFor, scope: Scope) -> None:
        each = self.each(self.value(node.iter, scope))
        self._loop(node.body, scope, lambda: self.bind(node.target, each, scope))
        self.block(node.orelse, scope)

    _AsyncFor = _For

    def _While(self, node: ast.While, scope: Scope) -> None:
        self._loop(node.body, scope, lambda: self.value(node.test, scope))
        self.block(node.orelse, scope)

    def _If(self, node: ast.If, scope: Scope) -> None:
        self.value(node.test, scope)
        self._branches([node.body, node.orelse], scope)

    def _Try(self, node: ast.Try, scope: Scope) -> None:
        self._branches([node.body, []], scope)
        self._branches([node.orelse, *(handler.body for handler in node.handlers)], scope)
        self.block(node.finalbody, scope)

    def _With(self, node: ast.With | ast.AsyncWith, scope: Scope) -> None:
        for item in node.items:
            self.leak(self.value(item.context_expr, scope))
            if item.optional_vars:
                self.bind(item.optional_vars, NOTHING, scope)
        self.block(node.body, scope)

    _AsyncWith = _With

    def _FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> None:
        made = Function(node, scope)
        self.functions.append(made)
        returned = self.call(made, {})
        if node.decorator_list:  # whoever decorates it may call it
            self.leak(returned)
            self.name(node.name, NOTHING, scope)
            for decorator in node.decorator_list:
                self.leak(self.value(decorator, scope))
        else:
            scope.names[node.name] = made

    _AsyncFunctionDef = _FunctionDef

    def _ClassDef(self, node: ast.ClassDef, scope: Scope) -> None:
        for part in [*node.bases, *(each.value for each in node.keywords), *node.decorator_list]:
            self.leak(self.value(part, scope))
        inside = Scope(scope)
        self.block(node.body, inside)
        for value in list(inside.names.values()):
            self.leak(self.call(value, {}) if isinstance(value, Function) else value)
        self.name(node.name, NOTHING, scope)

    def _Return(self, node: ast.Return, scope: Scope) -> None:
        if node.value:
            self.returned |= self.value(node.value, scope)
