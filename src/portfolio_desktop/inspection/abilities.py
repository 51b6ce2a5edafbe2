"""What the readers can do, by kind: for them, and for whoever shows a file before it is read. Tables only.

kind -> PICTURES | MEDIA   which reader looks at it        WITH_TEXT WITH_PICTURE   what can be had of it
        AUDIO              sound, whose only picture would be a cover
"""

from __future__ import annotations

PICTURES = ("gif", "webp", "tiff", "bmp", "avif", "ico", "jp2", "psd", "pnm", "pcx", "sgi", "icns", "dds", "qoi")
IMAGES = frozenset({"jpg", "png", *PICTURES})
AUDIO = frozenset(
    {
        "mp3",
        "m4a",
        "wav",
        "flac",
        "ogg",
        "opus",
        "amr",
        "aac",
        "mp2",
        "aiff",
        "wma",
        "ac3",
        "ape",
        "wavpack",
        "tta",
        "au",
        "caf",
    }
)
FILMS = frozenset({"mp4", "mov", "m4v", "3gp", "f4v", "ogv", "mkv", "webm", "avi", "wmv", "flv", "mpg", "ts"})
MEDIA = AUDIO | FILMS
WITH_TEXT = frozenset({"pdf", "docx", "pptx", "xlsx", "odt", "odp", "ods", "text", "html"})
WITH_PICTURE = frozenset({"pdf", *IMAGES, *FILMS, "mp3", "m4a", "flac"})
