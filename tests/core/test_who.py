"""Roles include the ones below; a machine's scopes limit its role; stores limit both."""

from __future__ import annotations

import itertools

from heatmap_gui.core.who import Role, Scope, Who


def test_roles_include_the_ones_below() -> None:
    order = [Role.VIEWER, Role.OPERATOR, Role.ADMIN]
    for has, needs in itertools.product(Role, Role):
        assert Who("p", has).may(needs, Scope.READ) == (order.index(has) >= order.index(needs))


def test_a_machine_does_what_its_token_was_made_for() -> None:
    for has, asked in itertools.product(Scope, Scope):
        assert Who("token:m", Role.ADMIN, frozenset({has})).may(Role.VIEWER, asked) == (has == asked)
        assert not Who("token:m", Role.VIEWER, frozenset(Scope)).may(Role.OPERATOR, asked)
    assert not Who("token:m", Role.ADMIN, frozenset()).may(Role.VIEWER, Scope.READ)


def test_stores() -> None:
    assert Who("p", Role.VIEWER).sees("any")
    assert Who("p", Role.VIEWER, stores=frozenset({"a"})).sees("a")
    assert not Who("p", Role.VIEWER, stores=frozenset({"a"})).sees("b")
    assert not Who("p", Role.VIEWER, stores=frozenset()).sees("a")
