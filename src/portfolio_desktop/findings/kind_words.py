"""What a kind of file is called, and what to do with one that the platforms do not take.

inspection's word (heic, docx …) -> KIND_NAMES -> iPhone 的 HEIC 照片
                                 -> advice_for -> what to turn it into, and how
"""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.messages import N_

KIND_NAMES: Mapping[str, str] = {
    "pdf": N_("PDF 文件"),
    "jpg": N_("JPG 圖片"),
    "png": N_("PNG 圖片"),
    "mp3": N_("MP3 聲音"),
    "mp4": N_("MP4 影片"),
    "heic": N_("HEIC 照片"),
    "avif": N_("AVIF 圖片"),
    "webp": N_("WebP 圖片"),
    "gif": N_("GIF 圖片"),
    "bmp": N_("BMP 圖片"),
    "tiff": N_("TIFF 圖片"),
    "jp2": N_("JPEG 2000 圖片"),
    "jxl": N_("JPEG XL 圖片"),
    "svg": N_("SVG 向量圖"),
    "psd": N_("Photoshop 圖檔"),
    "mov": N_("MOV 影片"),
    "m4v": N_("M4V 影片"),
    "avi": N_("AVI 影片"),
    "mkv": N_("MKV 影片"),
    "webm": N_("WebM 影片"),
    "wmv": N_("WMV 影片"),
    "mpg": N_("MPEG 影片"),
    "3gp": N_("3GP 影片"),
    "m4a": N_("M4A 聲音"),
    "wav": N_("WAV 聲音"),
    "aac": N_("AAC 聲音"),
    "ogg": N_("OGG 聲音"),
    "flac": N_("FLAC 聲音"),
    "wma": N_("WMA 聲音"),
    "docx": N_("Word 文件"),
    "doc": N_("Word 文件"),
    "pptx": N_("PowerPoint 簡報"),
    "ppt": N_("PowerPoint 簡報"),
    "xlsx": N_("Excel 試算表"),
    "xls": N_("Excel 試算表"),
    "odt": N_("OpenDocument 文字檔"),
    "odp": N_("OpenDocument 簡報"),
    "ods": N_("OpenDocument 試算表"),
    "rtf": N_("RTF 文件"),
    "epub": N_("電子書"),
    "iwork": N_("Pages、Keynote 或 Numbers 檔案"),
    "html": N_("網頁"),
    "text": N_("純文字檔"),
    "zip": N_("壓縮檔"),
    "rar": N_("壓縮檔"),
    "7z": N_("壓縮檔"),
    "gz": N_("壓縮檔"),
    "tar": N_("壓縮檔"),
    "exe": N_("程式檔"),
    "elf": N_("程式檔"),
    "macho": N_("程式檔"),
    "script": N_("程式檔"),
    "apk": N_("程式檔"),
    "jar": N_("程式檔"),
    "lnk": N_("捷徑"),
    "unknown": N_("認不出來的檔案"),
}

_ADVICE: tuple[tuple[frozenset[str], str], ...] = (
    (
        frozenset({"heic", "avif", "jxl"}),
        N_("請把照片轉成 JPG（不要轉成 PNG，會變大好幾倍）。iPhone 可在「設定 → 相機 → 格式」改選「最相容」。"),
    ),
    (
        frozenset({"webp", "gif", "bmp", "jp2", "svg", "psd", "tiff"}),
        N_("請用看圖或修圖的軟體打開，另存成 JPG 或 PNG。"),
    ),
    (
        frozenset({"mov", "m4v", "avi", "mkv", "webm", "wmv", "mpg", "3gp", "flv", "f4v", "ogv", "ts"}),
        N_("請把影片轉存成 MP4（H.264 影像、AAC 聲音）。"),
    ),
    (
        frozenset({"m4a", "wav", "aac", "ogg", "opus", "flac", "wma", "aiff", "amr", "caf", "au"}),
        N_("請把錄音轉存成 MP3。"),
    ),
    (
        frozenset({"docx", "doc", "pptx", "ppt", "xlsx", "xls", "odt", "odp", "ods", "rtf", "iwork", "epub", "ole"}),
        N_("請在原來的軟體裡匯出成 PDF，再把 PDF 放進來；排版和字型都會保留。"),
    ),
    (
        frozenset({"html", "text", "xml", "ps", "eps"}),
        N_("請用瀏覽器或原來的軟體打開，列印成 PDF 再放進來。"),
    ),
    (
        frozenset({"zip", "rar", "7z", "gz", "bz2", "xz", "zst", "tar", "cab", "lz"}),
        N_("請先解壓縮，再把裡面真正要交的檔案放進來。"),
    ),
    (
        frozenset({"exe", "elf", "macho", "script", "apk", "jar", "class", "lnk"}),
        N_("程式和捷徑不能上傳。要呈現程式作品，請做成有畫面、有說明的 PDF，或錄成影片。"),
    ),
)

_ANY = N_("平臺只收 PDF、JPG、PNG、MP3、MP4。請用原來的軟體打開，匯出成其中一種。")


def advice_for(kind: str) -> str:
    """What to do with a file of this kind, marked for translation."""
    return next((advice for kinds, advice in _ADVICE if kind in kinds), _ANY)
