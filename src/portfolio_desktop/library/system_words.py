"""Why the operating system refused, in the reader's language: never in the words of the system, which are English.

OSError(ENOENT)  ->  找不到這個檔案或資料夾          one without words of its own  ->  代碼 39
"""

from __future__ import annotations

import errno
from collections.abc import Mapping

from portfolio_desktop.messages import N_, _

_REASONS: Mapping[int | None, str] = {
    errno.ENOENT: N_("找不到這個檔案或資料夾"),
    errno.EACCES: N_("沒有權限"),
    errno.EPERM: N_("沒有權限"),
    errno.ENOSPC: N_("磁碟滿了"),
    errno.EDQUOT: N_("磁碟配額用完了"),
    errno.EROFS: N_("這個磁碟是唯讀的"),
    errno.EIO: N_("磁碟讀寫失敗"),
    errno.EEXIST: N_("已經有同名的檔案"),
    errno.ENOTDIR: N_("路徑中間有一個不是資料夾"),
    errno.EISDIR: N_("那是資料夾，不是檔案"),
    errno.ENOTEMPTY: N_("資料夾不是空的"),
    errno.ENAMETOOLONG: N_("名稱太長"),
    errno.EBUSY: N_("正被別的程式使用"),
    errno.ETIMEDOUT: N_("等不到磁碟回應"),
    errno.EFBIG: N_("這個磁碟放不下這麼大的檔案"),
    errno.EINVAL: N_("這個磁碟不支援這樣的名稱或動作"),
    errno.EMFILE: N_("同時開著的檔案太多"),
    errno.ENODEV: N_("磁碟不見了"),
    errno.ENXIO: N_("磁碟不見了"),
    errno.ESTALE: N_("網路上的資料夾不見了"),
}


def reason_words(error: OSError) -> str:
    """Why the system refused, in a few words that stand in a sentence."""
    words = _REASONS.get(error.errno)
    return _(words) if words else _("代碼 {number}").format(number=error.errno or 0)
