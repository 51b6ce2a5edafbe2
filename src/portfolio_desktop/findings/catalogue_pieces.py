"""Codes about one piece: its form, summary, course, link, files, personal data; and about its place in a school year."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.findings.entry import Entry
from portfolio_desktop.messages import N_

FORM: Mapping[str, Entry] = {
    "category.missing": Entry(
        "error",
        N_("還沒分類。"),
        N_("選好類別，才知道要填哪些欄位、算哪一種名額。"),
        N_("課程的作業、報告選「課程學習成果」；社團、比賽、服務等選多元表現的其中一類。"),
    ),
    "date.far": Entry(
        "warning",
        N_("「{label:label}」是 {value}，離 {term} 很遠。"),
        N_("日期和學期對不起來，看的人會起疑。"),
        N_("看看年份是不是打錯了，例如把民國和西元弄混。"),
    ),
    "date.invalid": Entry(
        "error",
        N_("「{label:label}」不是日期：{value}。"),
        N_("平臺的日期欄只收真正的日期。"),
        N_("請寫成 2024-02-29、113/2/29 或 1130229。"),
    ),
    "date.order": Entry(
        "error",
        N_("「{start:label}」晚於「{end:label}」。"),
        N_("平臺不收開始晚於結束的日期。"),
        N_("請看看是不是填反了，或年份打錯了。"),
        fix="swap",
    ),
    "field.choice": Entry(
        "error",
        N_("「{label:label}」沒有「{value}」這個選項。"),
        N_("平臺只能從固定的選項裡選。"),
        N_("可以選的有：{choices:list}。"),
    ),
    "field.long": Entry(
        "warning",
        N_("「{label:label}」有 {length} 個字，有的平臺最多 {limit} 個字。"),
        N_("太長可能存不進去，或被截斷。"),
        N_("請縮短，保留最能辨認的部分。"),
    ),
    "field.missing": Entry(
        "error",
        N_("「{label:label}」還沒有填。"),
        N_("至少有一個平臺規定要填，空著就存不了。"),
        N_("請對照證明或公告來填。"),
    ),
    "field.separator": Entry(
        "warning",
        N_("「{label:label}」的各項要用半形逗號隔開。"),
        N_("全形的「，」和頓號「、」平臺分不出來，會當成一整項。"),
        N_("請改用半形逗號，例如：聽力80,閱讀75。"),
        fix="tidy",
    ),
    "field.short": Entry(
        "warning",
        N_("「{label:label}」只有 {length} 個字，應該有 {limit} 個字。"),
        N_("位數不對，平臺查不到。"),
        N_("請再對一次原本的資料。"),
    ),
    "field.unknown": Entry(
        "hint",
        N_("留著 {count} 個這一類沒有的欄位，內容不會被帶出去：{names:names}。"),
        N_("多半是改過類別留下的；還收著，但平臺沒有這一格。"),
        N_("需要的話，把內容抄到現在的欄位裡；改回原來的類別就看得到。"),
    ),
    "number.decimals": Entry(
        "error",
        N_("「{label:label}」的小數最多 {limit} 位：{value}。"),
        N_("平臺存不了這麼多位小數。"),
        N_("請四捨五入到平臺收的位數。"),
    ),
    "number.invalid": Entry(
        "error",
        N_("「{label:label}」要填數字，不能是「{value}」。"),
        N_("平臺這一欄只收數字。"),
        N_("只填數字，不要加單位。"),
    ),
    "number.large": Entry(
        "error",
        N_("「{label:label}」最多 {limit}，現在是 {value}。"),
        N_("超出平臺收的範圍，存不了。"),
        N_("請再對一次原本的資料。"),
    ),
    "number.negative": Entry(
        "error",
        N_("「{label:label}」不能小於 0：{value}。"),
        N_("超出平臺收的範圍，存不了。"),
        N_("請再對一次原本的資料。"),
    ),
    "number.small": Entry(
        "error",
        N_("「{label:label}」最少 {limit}，現在是 {value}。"),
        N_("超出平臺收的範圍，存不了。"),
        N_("請再對一次原本的資料。"),
    ),
    "number.whole": Entry(
        "error",
        N_("「{label:label}」要填整數，不能有小數：{value}。"),
        N_("平臺這一欄存不了小數。"),
        N_("請填整數。"),
    ),
    "term.missing": Entry(
        "error",
        N_("還沒有選學期。"),
        N_("學期決定用哪一年的規定、能在哪一學年勾選。"),
        N_("選做這件事的那個學期。"),
    ),
    "term.outside": Entry(
        "warning",
        N_("{term} 不在你的六個學期裡（{first} 到 {last}）。"),
        N_("學校平臺只收高中三年的東西。"),
        N_("看看學期是不是選錯了；重讀或延修的話不用改。"),
    ),
    "text.invisible": Entry(
        "warning",
        N_("「{label:label}」裡有看不見的字元：{characters:characters}。"),
        N_("多半是從網頁或通訊軟體複製時帶進來的，平臺可能當成亂碼或多算字數。"),
        N_("按「整理」就會拿掉，看得到的字不變。"),
        fix="tidy",
    ),
    "title.file-name": Entry(
        "hint",
        N_("標題「{title}」像是相機或掃描機取的名字。"),
        N_("之後找不到，別人也看不懂這是什麼。"),
        N_("換成看得出內容的標題，例如「校園水質調查報告」。"),
    ),
    "title.missing": Entry(
        "error",
        N_("還沒有標題。"),
        N_("沒有標題，清單和成果包裡都認不出這一件。"),
        N_("取一個看得出內容的標題，例如「校園水質調查報告」。"),
    ),
}

SUMMARY: Mapping[str, Entry] = {
    "summary.missing": Entry(
        "error",
        N_("還沒有寫簡述。"),
        N_("簡述一定要寫，看的人靠它決定要不要打開檔案。"),
        N_("寫下做了什麼、我負責什麼和學到什麼、之後往哪裡去；「放大來寫」裡有提示。"),
    ),
    "summary.near": Entry(
        "warning",
        N_("簡述以最嚴格的算法是 {strict} 個字，快到上限 {limit} 個字了。"),
        N_("各平臺算法不同，標點、空格和換行都可能算字，剛好寫滿可能存不進去。"),
        N_("留幾個字的餘裕比較安全。"),
    ),
    "summary.over": Entry(
        "error",
        N_("簡述以最嚴格的算法是 {strict} 個字，超過上限 {limit} 個字。"),
        N_("超過的話，有的平臺會退回，有的會直接截斷。"),
        N_("請再精簡。程式不會替你截斷，要刪哪些字由你決定。"),
    ),
    "summary.refused": Entry(
        "hint",
        N_("會拒收這則簡述的算法：{refused:list}。"),
        N_("不知道學校的平臺用哪一種算法時，每一種都合格最保險。"),
        N_("按「放大來寫」看每一種算法各多了幾個字。"),
    ),
    "summary.short": Entry(
        "hint",
        N_("簡述只有 {strict} 個字。"),
        N_("簡述太隨便是常見的缺失，看的人不知道重點。"),
        N_("再寫一點：你做了什麼、學到什麼、接下來想做什麼。"),
    ),
    "summary.spaces": Entry(
        "hint",
        N_("簡述裡有多餘的空格或換行，有 {saved} 個字白白占去了。"),
        N_("看不到的空白也算字，白白占去你能寫的。"),
        N_("按「整理空白與換行」，內容不變，字數變少。"),
        fix="tidy",
    ),
}

COURSE: Mapping[str, Entry] = {
    "certification.bytes-changed": Entry(
        "error",
        N_("這一件已經認證成功，但「{name}」不是老師認證的那個檔案。"),
        N_("老師認證的是檔案的每一個位元組；換了檔案，平臺就要你重新認證。"),
        N_("請改回認證過的那個版本；要用新的檔案，就把認證狀態改回「編輯中」，重新送出認證。"),
    ),
    "certification.failed": Entry(
        "warning",
        N_("老師沒有通過認證。"),
        N_("沒有通過認證的課程學習成果不能勾選。"),
        N_("看看老師寫的原因，改好後重新上傳，再送一次認證。"),
    ),
    "certification.locked": Entry(
        "warning",
        N_("這一件{state:list}，平臺上已經鎖住，不會跟著這裡改。"),
        N_("送出認證之後平臺就鎖住了，不會跟著這裡改，兩邊會不一樣。"),
        N_("真的要改的話，請老師退回，改好後重新上傳、重新送出認證；這裡也把認證改回「編輯中」。"),
    ),
    "certification.not-sent": Entry(
        "hint",
        N_("還沒有送出認證。"),
        N_("只存檔沒有送出是最常見的錯誤：老師看不到，就不會認證，也就不能勾選。"),
        N_("上傳後到平臺按「送出認證」，再回來把教師認證改成「認證中」。"),
    ),
    "certification.ticked": Entry(
        "warning",
        N_("已經勾選，但現在不是認證成功。"),
        N_("沒有認證成功的課程學習成果不會被提交，名額就浪費了。"),
        N_("請先完成認證，或取消勾選。"),
    ),
    "certification.waiting": Entry(
        "hint",
        N_("已經送出，正在等老師認證。"),
        N_("過了截止日還沒有認證，這個學期就不能用了。"),
        N_("快到認證截止日的時候，記得禮貌地提醒老師。"),
    ),
    "course.category": Entry(
        "warning",
        N_("課程「{name}」的課程類別「{category}」不屬於你的學校類型。"),
        N_("課程類別和學校類型不合，平臺上選不到。"),
        N_("按「修改…」，改選：{choices:list}。"),
    ),
    "course.code": Entry(
        "warning",
        N_("課程代碼「{code}」不對：應該有 {limit} 個字元，現在有 {length} 個。"),
        N_("代碼不對，就查不到這門課。"),
        N_("課程代碼可以不填；要填就請對照學校的課程計畫，一個字元都不能錯。"),
    ),
    "course.code-activity": Entry(
        "warning",
        N_("課程代碼說這門課是「{label:label}」，屬於多元表現。"),
        N_("沒有學分的課不能放課程學習成果。"),
        N_("請改選多元表現裡對應的類別。"),
    ),
    "course.code-differs": Entry(
        "warning",
        N_("課程代碼說這門課是「{label:label}」，和你選的課程類別不一樣。"),
        N_("代碼裡就寫著課程類別，兩個不一樣，一定有一個錯了。"),
        N_("請對照學校的課程計畫，看看是代碼還是課程類別錯了。"),
    ),
    "course.code-part": Entry(
        "warning",
        N_("課程代碼「{code}」的「{part:label}」不對。"),
        N_("代碼不對，就查不到這門課。"),
        N_("課程代碼可以不填；要填就請對照學校的課程計畫，一個字元都不能錯。"),
    ),
    "course.missing": Entry(
        "error",
        N_("還沒有選是哪一門課。"),
        N_("課程學習成果要掛在一門有學分的課下面，任課老師才能認證。"),
        N_("從自己的課程清單選；清單裡沒有的話，按「新增課程…」。"),
    ),
    "course.term": Entry(
        "warning",
        N_("這門課是 {course_term} 的，這一件卻放在 {term}。"),
        N_("課程學習成果只能在修課的那個學期上傳。"),
        N_("請把其中一個改對。"),
    ),
}

CONTENT: Mapping[str, Entry] = {
    "file.missing": Entry(
        "error",
        N_("還沒有放檔案。"),
        N_("這一類沒有檔案就不能上傳。"),
        N_("把文件（PDF、JPG、PNG）或影音（MP3、MP4）拖進來，至少一個。"),
    ),
    "file.none": Entry(
        "hint",
        N_("還沒有放證明文件或影音。"),
        N_("多元表現可以不附檔案，但有照片、成果或證明會更有說服力。"),
        N_("有的話，把檔案拖到這裡。"),
    ),
    "file.only-certificate": Entry(
        "hint",
        N_("看起來只放了證書或獎狀。"),
        N_("只有證明是常見的缺失：看得到得了什麼，看不到你做了什麼。"),
        N_("在簡述裡寫下準備的過程、你的角色和學到的事，或把心得和證明合成一份文件。"),
    ),
    "file.only-slides": Entry(
        "hint",
        N_("看起來只放了投影片或作業。"),
        N_("只有投影片或作業是常見的缺失，看不出你的想法。"),
        N_("加上一頁說明：為什麼做、你負責什麼、學到什麼。"),
    ),
    "file.slot": Entry(
        "error",
        N_("「{name}」放錯格了：{kind:kind}。"),
        N_("放錯格的檔案，平臺那一格不收。"),
        N_("文件那一格放 PDF、JPG、PNG，影音那一格放 MP3、MP4。"),
    ),
    "link.insecure": Entry(
        "hint",
        N_("連結是 http:// 開頭，有的瀏覽器會跳出警告。"),
        N_("有的瀏覽器會跳出警告，看的人就不點了。"),
        N_("同一個網站通常也有 https:// 的網址，換過去試試看能不能打開。"),
    ),
    "link.invalid": Entry(
        "error",
        N_("外部影音連結不是網址：{value}。"),
        N_("點了打不開，等於沒有附。"),
        N_("請從瀏覽器的網址列整個複製過來，開頭是 https://。"),
    ),
    "link.long": Entry(
        "warning",
        N_("外部影音連結有 {length} 個字，有的平臺最多 {limit} 個字。"),
        N_("太長的網址可能存不進去，或被截斷而打不開。"),
        N_("「?」後面追蹤用的部分多半可以刪掉；刪完先打開看看。"),
    ),
    "link.not-allowed": Entry(
        "error",
        N_("課程學習成果沒有外部連結這一格。"),
        N_("平臺的課程學習成果沒有這一格，連結帶不出去。"),
        N_("請把連結拿掉；影片請剪成 MP4，或把網址寫在文件裡。"),
    ),
    "link.qr-only": Entry(
        "hint",
        N_("提到了 QR code，卻沒有寫出網址。"),
        N_("只放 QR code 是常見的缺失，看的人不方便掃。"),
        N_("請把網址也寫出來。"),
    ),
    "officer.by-school": Entry(
        "warning",
        N_("{level:label}幹部通常由學校登錄，不用自己再填一次。"),
        N_("重複的紀錄會占掉多元表現的名額。"),
        N_("先看看學校的幹部紀錄裡有沒有；想寫心得可以放在其他類別。"),
    ),
    "reflection.missing": Entry(
        "hint",
        N_("簡述裡看不出你的心得或反思。"),
        N_("沒有反思是常見的缺失，看的人想知道的是你。"),
        N_("加一句：遇到什麼困難、怎麼解決、學到什麼。"),
    ),
}

PERSONAL: Mapping[str, Entry] = {
    "personal.address": Entry(
        "warning",
        N_("「{label:label}」裡好像有地址：{found}。"),
        N_("上傳後很多人看得到。"),
        N_("除非一定需要，請拿掉或只寫到縣市。"),
    ),
    "personal.birthday": Entry(
        "warning",
        N_("「{label:label}」裡好像有生日：{found}。"),
        N_("上傳後很多人看得到。"),
        N_("請拿掉。"),
    ),
    "personal.email": Entry(
        "warning",
        N_("「{label:label}」裡有電子郵件地址：{found}。"),
        N_("上傳後很多人看得到。"),
        N_("除非一定需要，請拿掉。"),
    ),
    "personal.id": Entry(
        "warning",
        N_("「{label:label}」裡有身分證或居留證號碼：{found}。"),
        N_("上傳後很多人看得到，可能被冒用。"),
        N_("請拿掉。"),
    ),
    "personal.phone": Entry(
        "warning",
        N_("「{label:label}」裡有電話號碼：{found}。"),
        N_("上傳後很多人看得到。"),
        N_("請拿掉。"),
    ),
}

PIECES: Mapping[str, Entry] = {**FORM, **SUMMARY, **COURSE, **CONTENT, **PERSONAL}
"""Every code of this file."""
