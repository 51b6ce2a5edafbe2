"""What a window owes everyone: every control has a name, is reached by keyboard, and shows its words whole.

windows() -> each that is on the screen      nameless | unreachable | cut off      -> sentences; none is what is wanted
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from portfolio_desktop.gui.widgets.labels import ElidedLabel

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
NO_CONTROLS = (QScrollBar, QHeaderView, QMenuBar, QMenu)
SLACK = 2
"""Pixels that a rounded scale may take from a word."""


def windows() -> list[QWidget]:
    """What is on the screen: the window, and dialogs above it; no tool tips and no open lists."""
    kinds = (Qt.WindowType.Window, Qt.WindowType.Dialog, Qt.WindowType.Sheet)
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowType() in kinds]


def nameless(window: QWidget) -> list[str]:
    """Controls, and whatever takes the keyboard, of which a screen reader has nothing to say."""
    return [_told(one) for one in _seen(window) if (_is_control(one) or _takes_tab(one)) and not _name(one).strip()]


def unreachable(window: QWidget) -> list[str]:
    """Controls that the keyboard does not come to: neither with the tab key, nor in a group of choices, nor in a menu."""
    chain = set(_chain(window))
    return [
        _told(one)
        for one in _seen(window)
        if _is_control(one) and not (one in chain and _takes_tab(one)) and not _is_reached_otherwise(one)
    ]


def cut_off(window: QWidget) -> list[str]:
    """Words that are not shown whole, and controls that reach out of what shows them."""
    return [f"{_told(one)}: {why}" for one in _seen(window) if (why := _lacks_room(one) or _sticks_out(one, window))]


def _seen(window: QWidget) -> Iterator[QWidget]:
    for one in window.findChildren(QWidget):
        if one.isVisible() and one.isEnabled() and one.window() is window and not one.visibleRegion().isEmpty():
            yield one


def _is_control(one: QWidget) -> bool:
    return isinstance(one, CONTROLS) and not isinstance(one, NO_CONTROLS) and not _is_inner(one)


def _is_inner(one: QWidget) -> bool:
    """Whether Qt made it as a part of another control, which speaks for it."""
    if one.objectName().startswith("qt_"):
        return True
    parent = one.parentWidget()
    if parent is None:
        return False
    if isinstance(parent, (QComboBox, QAbstractSpinBox, QLineEdit)) or type(parent).__name__.startswith("QComboBox"):
        return True
    return isinstance(parent, (QTabBar, QAbstractItemView))


def _takes_tab(one: QWidget) -> bool:
    # What scrolls and a label that can be selected take the focus for their own sake: they are no controls.
    plain = isinstance(one, (QScrollArea, QLabel, *NO_CONTROLS)) or _is_inner(one) or one.focusProxy() is not None
    return not plain and bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _chain(window: QWidget) -> Iterator[QWidget]:
    one = window.nextInFocusChain()
    while one is not window:
        yield one
        one = one.nextInFocusChain()


def _is_reached_otherwise(one: QWidget) -> bool:
    if one.focusProxy() is not None:
        return True
    if isinstance(one, QToolButton) and one.defaultAction() is not None:
        return any(not isinstance(place, QToolButton) for place in one.defaultAction().associatedObjects())
    if isinstance(one, QAbstractButton):
        group = one.group()
        return one.autoExclusive() or (group is not None and group.exclusive())
    return False


def _name(one: QWidget) -> str:
    spoken = QAccessible.queryAccessibleInterface(one)
    return "" if spoken is None else str(spoken.text(QAccessible.Text.Name))


def _lacks_room(one: QWidget) -> str:
    if isinstance(one, QLabel) and not isinstance(one, ElidedLabel) and one.text() and one.pixmap().isNull():
        if one.wordWrap():
            needed = one.heightForWidth(one.width())
            return f"{one.height()} of {needed} pixels high" if needed > one.height() + SLACK else ""
        return _too_small(one)
    if isinstance(one, QAbstractButton) and one.text() and _is_control(one):
        return _too_small(one)
    return ""


def _too_small(one: QWidget) -> str:
    has, wants = one.size(), one.minimumSizeHint() if isinstance(one, QAbstractButton) else one.sizeHint()
    if has.width() + SLACK < wants.width() or has.height() + SLACK < wants.height():
        return f"{has.width()}×{has.height()} of {wants.width()}×{wants.height()} pixels"
    return ""


def _sticks_out(one: QWidget, window: QWidget) -> str:
    if not (_is_control(one) or (isinstance(one, QLabel) and one.text())):
        return ""
    place, parent, inner = one.rect(), one.parentWidget(), one
    while parent is not None and inner is not window:
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            return ""  # the rest is scrolled to
        place.moveTo(inner.mapToParent(place.topLeft()))
        if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place):
            out = one.mapTo(window, QPoint())
            return f"at {out.x()}, {out.y()} it is cut by {_told(parent)}"
        inner, parent = parent, parent.parentWidget()
    return ""


def _told(one: QWidget) -> str:
    words = str(one.property("text") or "") or _name(one) or one.objectName()
    owners, parent = [], one.parentWidget()
    while parent is not None and len(owners) < 3:
        if type(parent).__module__.startswith("portfolio_desktop"):
            owners.append(type(parent).__name__)
        parent = parent.parentWidget()
    return f"{type(one).__name__} {words[:30]!r} in {' < '.join(owners)}"
