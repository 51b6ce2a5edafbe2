"""Codes about one file: can it be read, what it is, how big, how it opens, what it tells about its owner, its name."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.findings.entry import Entry
from portfolio_desktop.messages import N_

UNREADABLE: Mapping[str, Entry] = {
    "unreadable.broken-link": Entry(
        "error",
        N_("「{name}」是捷徑，它指向的檔案不在了。"),
        N_("請找到原本的檔案，直接把它放進來。"),
    ),
    "unreadable.bundle": Entry(
        "warning",
        N_("「{name}」是匯出的成果包，沒有收進來。"),
        N_("完整的成果包可以用「匯入」變回學習歷程庫；要收裡面的檔案，請直接選那些檔案。"),
    ),
    "unreadable.device": Entry(
        "error",
        N_("「{name}」是裝置，不是檔案。"),
        N_("請選一個檔案。"),
    ),
    "unreadable.directory": Entry(
        "error",
        N_("「{name}」是資料夾，不是檔案。"),
        N_("請打開資料夾，選裡面的檔案；如果是空的，檔案可能忘了放進去。"),
    ),
    "unreadable.fifo": Entry(
        "error",
        N_("「{name}」是程式之間傳資料的管道，不是檔案。"),
        N_("請選一個檔案。"),
    ),
    "unreadable.folder-link": Entry(
        "warning",
        N_("「{name}」是指向另一個資料夾的捷徑，沒有跟過去看。"),
        N_("需要裡面的檔案時，請直接選那個資料夾。"),
    ),
    "unreadable.io": Entry(
        "error",
        N_("「{name}」讀不出來，磁碟回報錯誤。"),
        N_("隨身碟請重新插好再試；若一直這樣，檔案可能已經壞了，請改用另一份。"),
    ),
    "unreadable.library": Entry(
        "warning",
        N_("「{name}」屬於學習歷程庫，沒有動它。"),
        N_("庫裡的檔案都已經收好，請用這個程式打開那個庫來看。"),
    ),
    "unreadable.link-loop": Entry(
        "error",
        N_("「{name}」是繞圈子的捷徑，走不到任何檔案。"),
        N_("請找到原本的檔案，直接把它放進來。"),
    ),
    "unreadable.missing": Entry(
        "error",
        N_("找不到「{name}」。"),
        N_("它可能被移走或改名了；請重新選一次。"),
    ),
    "unreadable.name": Entry(
        "error",
        N_("「{name}」的名稱系統打不開。"),
        N_("名稱太長或有系統不認得的字元；請先改個短一點的名字。"),
    ),
    "unreadable.outside-link": Entry(
        "warning",
        N_("「{name}」是指向資料夾外面的捷徑，沒有跟過去看。"),
        N_("需要那個檔案時，請直接選它。"),
    ),
    "unreadable.permission": Entry(
        "error",
        N_("沒有權限讀取「{name}」。"),
        N_("請確認這個檔案是你的，或先複製到自己的資料夾；若正由別的程式使用，請先關閉那個程式。"),
    ),
    "unreadable.socket": Entry(
        "error",
        N_("「{name}」是程式之間連線用的，不是檔案。"),
        N_("請選一個檔案。"),
    ),
    "unreadable.too-deep": Entry(
        "error",
        N_("「{name}」在太多層資料夾裡面，沒有再往下看。"),
        N_("請把裡面的檔案移到淺一點的資料夾，或直接選那個資料夾。"),
    ),
    "unreadable.vanished": Entry(
        "error",
        N_("「{name}」在讀取的時候不見了或被改動了。"),
        N_("可能正在同步或下載；等它完成後再試一次。"),
    ),
}

CONTENT: Mapping[str, Entry] = {
    "active.content": Entry(
        "warning",
        N_("文件裡有會自己動作的內容：{active:list}。"),
        N_("平臺或防毒軟體可能會擋下來。請用「列印成 PDF」另存一份，只留下看得到的內容。"),
        fix="strip",
    ),
    "audio.codec": Entry(
        "warning",
        N_("聲音的編碼是 {codec}，有的瀏覽器播不出聲音。"),
        N_("老師和教授多半直接在瀏覽器看。請把聲音轉成 AAC（影片）或 MP3（錄音）。"),
        fix="fit",
    ),
    "content.damaged": Entry(
        "error",
        N_("檔案損壞了，內容讀不完整。"),
        N_("請回到原來的軟體重新匯出，或從手機、雲端再下載一次；放進來之前先自己打開看看。"),
    ),
    "content.empty": Entry(
        "error",
        N_("檔案是空的，裡面什麼都沒有。"),
        N_("多半是下載或複製中斷了。請找回原本的檔案再放一次。"),
    ),
    "content.multimedia": Entry(
        "hint",
        N_("文件裡夾著影片或聲音。"),
        N_("老師和教授用瀏覽器看的時候多半播不出來。影音請另外放成 MP4 或 MP3。"),
    ),
    "content.polyglot": Entry(
        "warning",
        N_("這個檔案同時也是另一種格式的檔案。"),
        N_("平臺或防毒軟體可能會擋下來。請用一般的軟體打開，重新另存一份。"),
        fix="strip",
    ),
    "content.repaired": Entry(
        "warning",
        N_("檔案有小毛病，看圖或看文件的軟體會自動修復後才顯示。"),
        N_("現在打得開，換一臺電腦不一定。請打開後重新另存一份，內容比較保險。"),
        fix="fit",
    ),
    "content.trailing": Entry(
        "hint",
        N_("檔案尾端還接著看不到的資料。"),
        N_("常見於手機的動態照片，後面夾著一小段影片。若不想讓別人看到，請另存一份。"),
        fix="strip",
    ),
    "content.truncated": Entry(
        "error",
        N_("檔案不完整，後半段不見了。"),
        N_("多半是下載、傳送或複製中斷了。請重新下載或複製一次。"),
    ),
    "content.unopenable": Entry(
        "error",
        N_("檔案打不開。"),
        N_("一般的軟體也打不開它。請回到原來的軟體重新匯出一份，自己先打開確認。"),
    ),
    "encryption.password": Entry(
        "error",
        N_("檔案設了密碼，沒有密碼打不開。"),
        N_("老師和教授也打不開。請先用密碼打開，再另存一份沒有密碼的。"),
    ),
    "encryption.restricted": Entry(
        "warning",
        N_("文件打得開，但設了限制（例如不能列印或複製）。"),
        N_("有的平臺處理不了這種文件。請另存一份沒有限制的。"),
        fix="strip",
    ),
    "extension.mismatch": Entry(
        "warning",
        N_("副檔名是 .{extension}，和內容不合：{kind:kind}。"),
        N_("平臺會照副檔名打開而看不到內容。檔名的結尾請改成 .{usual}。"),
        fix="rename",
    ),
    "extension.missing": Entry(
        "warning",
        N_("檔名沒有副檔名。"),
        N_("平臺靠副檔名認格式。檔名的結尾請加上 .{usual}（{kind:kind}）。"),
        fix="rename",
    ),
    "extension.unusual": Entry(
        "hint",
        N_("副檔名 .{extension} 比較少見。"),
        N_("意思和 .{usual} 一樣，但有的平臺只認得 .{usual}。"),
        fix="rename",
    ),
    "gps.present": Entry(
        "warning",
        N_("檔案裡記著拍攝地點的座標。"),
        N_("別人可以從中看出你家或學校在哪裡。上傳前最好拿掉位置資訊。"),
        fix="strip",
    ),
    "image.animated": Entry(
        "warning",
        N_("這張圖會動，有 {frames} 個畫面。"),
        N_("平臺多半只顯示第一個畫面。要呈現動作，請改存成 MP4。"),
    ),
    "image.cmyk": Entry(
        "hint",
        N_("圖片用的是印刷的顏色（{colour:list}），螢幕上看起來可能偏色。"),
        N_("另存成 RGB 顏色，看起來就會一樣。"),
        fix="fit",
    ),
    "image.huge": Entry(
        "error",
        N_("圖片的像素多得離譜（{width}×{height}），一般的軟體打不開。"),
        N_("請用原來的軟體縮小後重新匯出。"),
    ),
    "image.rotated": Entry(
        "hint",
        N_("照片是靠方向標記轉正的，有的平臺會顯示成躺著或顛倒。"),
        N_("請用看圖軟體轉一下再儲存，讓像素本身就是正的。"),
        fix="fit",
    ),
    "image.small": Entry(
        "hint",
        N_("圖片只有 {width}×{height} 像素，放大看不清楚。"),
        N_("請用原始照片，或把畫面重新截大一點；長邊最好有 {limit} 像素以上。"),
    ),
    "inspection.stopped": Entry(
        "error",
        N_("檢查這個檔案時停了下來：{reason:list}。"),
        N_("內容可能異常龐大或已經損壞。請用原來的軟體打開，重新另存一份。"),
    ),
    "inspection.unavailable": Entry(
        "error",
        N_("現在沒辦法檢查這個檔案：系統開不了檢查用的程式。"),
        N_("檔案本身不一定有問題。請先關掉一些程式，再檢查一次。"),
    ),
    "kind.not-allowed": Entry(
        "error",
        N_("平臺不收這種格式：{kind:kind}。"),
        N_("{kind:kind-advice}"),
        fix="fit",
        needs="to",
    ),
    "media.long": Entry(
        "hint",
        N_("長度 {duration:time}，比建議的 {limit:time} 長。"),
        N_("看的人通常只有幾分鐘看完你全部的資料。剪出最能說明自己的一段，檔案也會比較小。"),
    ),
    "media.no-picture": Entry(
        "hint",
        N_("這個 MP4 只有聲音，沒有畫面。"),
        N_("只有聲音的話，存成 MP3 比較小，平臺也比較好播。"),
        fix="fit",
    ),
    "pages.many": Entry(
        "warning",
        N_("文件有 {pages} 頁，超過建議的 {limit} 頁。"),
        N_("頁數太多是常見的缺失。留下最能說明過程、成果和反思的部分就好。"),
    ),
    "pages.none": Entry(
        "error",
        N_("文件裡一頁也沒有。"),
        N_("請回到原來的軟體重新匯出一份，自己先打開確認。"),
    ),
    "pages.too-many": Entry(
        "warning",
        N_("文件有 {pages} 頁，遠超過看得完的 {limit} 頁。"),
        N_("看的人只有幾分鐘。請大幅精簡，把重點和自己的心得放在前面幾頁。"),
    ),
    "personal.metadata": Entry(
        "hint",
        N_("檔案裡記著個人資料：{names:list}。"),
        N_("打開「內容」或「屬性」的人都看得到。不想讓別人知道的話，上傳前把它清掉。"),
        fix="strip",
    ),
    "size.near": Entry(
        "warning",
        N_("檔案 {size:bytes}，離上限 {limit:mb} 很近。"),
        N_("有的平臺把 1 MB 當成一百萬位元組，在那裡這個檔案就太大了。縮到 {near:,} 位元組以下，處處都收。"),
        fix="fit",
    ),
    "size.over": Entry(
        "error",
        N_("檔案 {size:bytes}，超過上限 {limit:mb}。"),
        N_("平臺不會收。可以縮小圖片、刪去不需要的頁、降低影片畫質，另存一份小一點的；原檔請留著。"),
        fix="fit",
    ),
    "text.none": Entry(
        "hint",
        N_("文件裡的字都是圖片，選取不到文字。"),
        N_("掃描的文件沒關係；若是自己打的報告，請從原來的軟體直接匯出 PDF，字會更清楚、檔案也更小。"),
    ),
    "video.codec": Entry(
        "warning",
        N_("影片的編碼是 {codec}，有的瀏覽器播不出畫面。"),
        N_("老師和教授多半直接在瀏覽器看。請轉成 H.264 的 MP4。"),
        fix="fit",
    ),
    "video.pixels": Entry(
        "warning",
        N_("影片的顏色格式特殊，有的瀏覽器播不出畫面。"),
        N_("老師和教授多半直接在瀏覽器看。請轉成一般的 H.264（yuv420p）MP4。"),
        fix="fit",
    ),
}

NAMES: Mapping[str, Entry] = {
    "name.decomposed": Entry(
        "hint",
        N_("檔名裡有拆開來寫的字，在別的電腦上可能顯示得不一樣。"),
        N_("多半來自蘋果電腦。重新取一次名字就好。"),
        fix="rename",
    ),
    "name.ends-badly": Entry(
        "warning",
        N_("檔名的開頭或結尾是空格或句點。"),
        N_("Windows 不收這種檔名，傳到別人那裡可能打不開。請拿掉它。"),
        fix="rename",
    ),
    "name.extension-case": Entry(
        "hint",
        N_("副檔名 .{extension} 是大寫的。"),
        N_("有的平臺只認得小寫的 .{usual}。"),
        fix="rename",
    ),
    "name.forbidden": Entry(
        "warning",
        N_("檔名裡有的系統不收的符號：{characters:characters}。"),
        N_("請換成中文、英文字母、數字、「-」或「_」。"),
        fix="rename",
    ),
    "name.invisible": Entry(
        "warning",
        N_("檔名裡有看不見的字元：{characters:characters}。"),
        N_("它會讓檔名看起來和實際不同，平臺可能拒收。請重新取一次名字。"),
        fix="rename",
    ),
    "name.long": Entry(
        "warning",
        N_("檔名有 {length} 個字，超過建議的 {limit} 個字。"),
        N_("有的平臺會截斷或拒收。請留下重點就好。"),
        fix="rename",
    ),
    "name.reserved": Entry(
        "warning",
        N_("「{stem}」是 Windows 保留的名稱，不能當檔名。"),
        N_("在 Windows 上打不開。請換一個名字。"),
        fix="rename",
    ),
    "name.undecodable": Entry(
        "warning",
        N_("檔名有一部分不是文字，顯示成亂碼。"),
        N_("請重新取一個名字。"),
        fix="rename",
    ),
    "name.unusual": Entry(
        "hint",
        N_("檔名裡有比較特別的符號：{characters:characters}。"),
        N_("多半沒問題；最保險的檔名只用中文、英文字母、數字、「-」和「_」。"),
        fix="rename",
    ),
}

FILES: Mapping[str, Entry] = {**UNREADABLE, **CONTENT, **NAMES}
"""Every code of this file."""
