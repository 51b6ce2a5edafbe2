import pytest

from portfolio_desktop.gui.starting import input_method
from portfolio_desktop.gui.starting.input_method import better, known, settled

OURS = ("ibus", "compose")


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"QT_IM_MODULE": "fcitx"}, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULE": "fcitx5"}, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULES": "fcitx"}, {"QT_IM_MODULES": "ibus", "QT_IM_MODULE": "ibus"}),
        ({"XMODIFIERS": "@im=fcitx"}, {"QT_IM_MODULE": "ibus"}),
        ({"XMODIFIERS": "@im=fcitx", "WAYLAND_DISPLAY": "wayland-0"}, {}),
        ({"QT_IM_MODULE": "ibus"}, {}),
        ({"QT_IM_MODULE": "xim"}, {}),
        ({"QT_IM_MODULES": "wayland;fcitx;ibus"}, {}),
        ({"QT_IM_MODULE": "fcitx", "QT_IM_MODULES": "ibus"}, {}),
        ({"XMODIFIERS": "@im=ibus"}, {}),
        ({"XMODIFIERS": ""}, {}),
        ({}, {}),
    ],
)
def test_fcitx_is_asked_by_the_name_that_qt_knows(environment: dict[str, str], wanted: dict[str, str]) -> None:
    assert better(environment, OURS) == wanted


def test_a_plugin_of_its_own_is_left_alone() -> None:
    assert better({"QT_IM_MODULE": "fcitx"}, (*OURS, "fcitx")) == {}
    assert better({"QT_IM_MODULE": "fcitx5"}, ("compose",)) == {}, "nothing to fall back on"


def test_our_qt_has_a_plugin_for_ibus_and_none_for_fcitx() -> None:
    """The day that Qt brings one for fcitx this test says so, and the module can go."""
    assert known() >= {"ibus", "compose"}
    assert not any(name.startswith("fcitx") for name in known())


@pytest.mark.parametrize(("system", "name"), [("linux", "ibus"), ("win32", None), ("darwin", None)])
def test_only_linux_is_changed_and_only_for_a_while(
    monkeypatch: pytest.MonkeyPatch, system: str, name: str | None
) -> None:
    monkeypatch.setattr(input_method.sys, "platform", system)
    environment = {"XMODIFIERS": "@im=fcitx", "QT_IM_MODULES": "fcitx"}
    before = dict(environment)
    with settled(environment):
        assert environment.get("QT_IM_MODULE") == name
    assert environment == before
