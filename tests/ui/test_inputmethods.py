"""Which input method is tried first on the desktops of Kylin, UOS, Debian and GNOME."""

from __future__ import annotations

import pytest

from ui.inputmethods import LIST, name_them, order

KYLIN = {"QT_IM_MODULE": "fcitx", "GTK_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}


@pytest.mark.parametrize(
    ("desktop", "tried"),
    [
        (KYLIN, "fcitx;ibus"),
        ({"QT_IM_MODULE": "fcitx5", "XMODIFIERS": "@im=fcitx"}, "fcitx;ibus"),
        ({"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus"}, "ibus;fcitx"),
        ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"}, "fcitx;ibus"),
        ({"QT_IM_MODULE": "yong"}, "yong;ibus;fcitx"),
        ({"GTK_IM_MODULE": "fcitx5"}, "fcitx;ibus"),
        ({"XMODIFIERS": "@im=none"}, "ibus;fcitx"),
        ({}, "ibus;fcitx"),
        ({"QT_IM_MODULE": ""}, "ibus;fcitx"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "wayland;ibus;fcitx"),
        ({"WAYLAND_DISPLAY": "wayland-0", "QT_IM_MODULE": "fcitx"}, "fcitx;ibus"),
        ({"QT_IM_MODULES": "wayland;fcitx5;ibus", "QT_IM_MODULE": "fcitx"}, "wayland;fcitx;ibus"),
    ],
)
def test_what_the_desktop_names_comes_first_then_what_there_may_be(desktop: dict[str, str], tried: str) -> None:
    environment = dict(desktop)
    name_them(environment)
    assert environment[LIST] == tried
    assert {name: environment[name] for name in desktop if name != LIST} == {
        name: text for name, text in desktop.items() if name != LIST
    }, "what other programs read stays as it is"


@pytest.mark.parametrize("chosen", ["none", "compose", "simple"])
def test_who_wants_none_gets_none(chosen: str) -> None:
    environment = {**KYLIN, "QT_IM_MODULE": chosen}
    assert order(environment) == ()
    name_them(environment)
    assert LIST not in environment
