"""Text in UTF-8, UTF-16 or Big5, and which kind of text."""

from __future__ import annotations

import re

CONTROLS = re.compile(rb"[\x00-\x03\x05-\x07\x0e-\x1a\x1c-\x1f\x7f]")
WIDE_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What Chinese text in Big5 is made of: Han, its punctuation, full-width forms, and the plain characters.
CHINESE = re.compile("[\\s\x20-\x7e\u2010-\u2027\u3000-\u303f\u3105-\u312d\u4e00-\u9fff\ufe30-\ufe6f\uff00-\uffef]")
PROLOGUE = r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*"


def text_kind(head: bytes, *, whole: bool) -> str | None:
    """`text`, or a kind of text with a name of its own; None when the bytes are none. `whole`: they are all there are."""
    text = as_text(head, whole=whole)
    if text is None:
        return None
    start = text[:4096].lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("%!ps", "\x04%!ps")):
        return "eps" if "epsf" in start[:40] else "ps"
    if re.match(PROLOGUE + r"(<!doctype svg|<svg[\s>:/])", start, re.DOTALL):
        return "svg"
    if re.match(PROLOGUE + r"(<!doctype html|<html|<head|<body|<title)", start, re.DOTALL):
        return "html"
    return "xml" if start.startswith("<?xml") else "text"


def as_text(head: bytes, *, whole: bool) -> str | None:
    """The beginning of a file as text, or None when it is none: control characters, or no encoding fits."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) & ~1].decode("utf-16", "replace")
        return None if WIDE_CONTROLS.search(text) else text
    if CONTROLS.search(head):
        return None
    for encoding in ("utf-8", "cp950"):
        for cut in range(1 if whole else 4):
            try:
                text = head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            if encoding == "utf-8" or len(CHINESE.findall(text)) > 0.95 * len(text):
                return text
    return _western(head)


def _western(head: bytes) -> str | None:
    """Text in Latin-1 or a like encoding: hardly anything but plain characters and line ends."""
    odd = sum(byte >= 0x80 for byte in head)
    return head.decode("latin-1") if odd <= len(head) // 20 and b"\n" in head else None
