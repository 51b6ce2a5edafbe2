"""What the items of attention say, by their codes: what there is, the same about one piece by its title, what to do.

Filled by `phrase` (findings/wording.py); `_`'d there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portfolio_desktop.messages import N_


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences in the source language; `one` is empty where the item is about no piece, or always about several.

    `called` is what several pieces have in common, without how many: they are shown under it while that changes.
    """

    message: str
    one: str
    advice: str
    called: str = ""


WORDS: Mapping[str, Words] = {
    "care.newer": Words(
        N_("資料庫可能被換成了舊的。"), "", N_("備份裡有這裡沒有的作品內容。先別刪任何東西，到「安全」看怎麼拿回來。")
    ),
    "care.faults": Words(
        N_("檢查發現 {count} 個問題。"), "", N_("作品的檔案壞了或不見了，多半可以從備份救回。先別刪任何東西。")
    ),
    "care.drill-failed": Words(
        N_("上次的演練沒有成功。"), "", N_("那份備份還原不出完整的作品。請換一個地方，再做一份新的備份。")
    ),
    "care.copies": Words(
        N_("自動副本做不成：{reason}"), "", N_("最近的修改沒有副本。看看磁碟空間，並先備份到別的地方。")
    ),
    "care.never": Words(
        N_("還沒有完整的備份。"),
        "",
        N_("作品現在只在這一臺電腦裡。接上隨身碟或外接硬碟備份一次，電腦壞了、丟了都救得回來。"),
    ),
    "care.old": Words(
        N_("上一次完整備份是 {count} 天前。"), "", N_("有空時接上放備份的磁碟再備份一次；只會多寫新的部分。")
    ),
    "care.same-disk": Words(
        N_("備份和作品在同一個磁碟裡。"),
        "",
        N_("磁碟壞了、電腦丟了，兩份會一起不見。接上隨身碟或外接硬碟，再備份一份到那裡。"),
    ),
    "care.untried": Words(N_("備份還沒有演練過。"), "", N_("備份要真的還原得回來才算數。演練不會動到任何作品。")),
    "care.drill-old": Words(
        N_("上一次演練還原是 {count} 天前。"), "", N_("磁碟會老。再試一次，確定備份還是還原得回來。")
    ),
    "course.failed": Words(
        N_("{count} 件認證失敗。"),
        N_("「{title}」認證失敗。"),
        N_("看看老師給的原因，改好以後重新上傳，再送一次認證。"),
        N_("認證失敗"),
    ),
    "course.unsent": Words(
        N_("{count} 件寫好了，還沒送認證。"),
        N_("「{title}」寫好了，還沒送認證。"),
        N_("在學校平臺存檔不等於送出：要按「送出認證」，再回來把狀態改成「認證中」。很多人就是漏了這一步。"),
        N_("寫好了，還沒送認證"),
    ),
    "course.waiting": Words(
        N_("{count} 件在等老師認證。"),
        N_("「{title}」在等老師認證。"),
        N_("老師通過或退回以後，回來把結果記下。"),
        N_("在等老師認證"),
    ),
    "course.waiting-late": Words(
        N_("{count} 件還在等老師認證，學期快結束了。"),
        N_("「{title}」還在等老師認證，學期快結束了。"),
        N_("到平臺看看結果；還沒認證的話，客氣地提醒任課老師。"),
        N_("還在等老師認證"),
    ),
    "course.drafts": Words(
        N_("{term} 的課程學習成果有 {count} 件還沒寫完。"),
        N_("{term} 的課程學習成果「{title}」還沒寫完。"),
        N_("課程學習成果只能在修課的學期上傳和認證，過了就沒有了。"),
        N_("{term} 還沒寫完的課程學習成果"),
    ),
    "course.drafts-late": Words(
        N_("{term} 的課程學習成果有 {count} 件還沒寫完，學期快結束了。"),
        N_("{term} 的課程學習成果「{title}」還沒寫完，學期快結束了。"),
        N_("學校在休業式前後關閉上傳，截止日各校不同；過了就沒有了。"),
        N_("{term} 還沒寫完的課程學習成果"),
    ),
    "course.none": Words(
        N_("{term} 還沒有課程學習成果。"), "", N_("課程學習成果只收當學期的課。翻翻這學期的報告和實作，挑一件收進來。")
    ),
    "course.unrecorded": Words(
        N_("{count} 件以前學期的課程學習成果，還沒有記下認證的結果。"),
        N_("「{title}」是以前學期的課程學習成果，還沒有記下認證的結果。"),
        N_("老師通過了就把狀態改成「認證成功」。沒有認證成功的不能勾選。"),
        N_("以前學期的，還沒記下認證結果"),
    ),
    "course.many": Words(
        N_("{term} 有 {count} 件課程學習成果，學校每學期最多收 {limit} 件。"),
        "",
        N_("先挑最能代表你的，送那幾件認證。"),
        N_("{term} 的課程學習成果"),
    ),
    "activity.many": Words(
        N_("{year} 學年度有 {count} 件多元表現，學校每學年最多收 {limit} 件。"),
        "",
        N_("先挑最能代表你的上傳。"),
        N_("{year} 學年度的多元表現"),
    ),
    "ticks.over": Words(
        N_("{year} 學年度的{kind:list}勾選了 {count} 件，最多 {limit} 件。"), "", N_("到「勾選」取消幾件，只留最好的。")
    ),
    "ticks.broken": Words(
        N_("勾選的作品有 {count} 件現在不能交出去。"),
        N_("勾選的「{title}」現在不能交出去。"),
        N_("{reason}改好或換成別件，才不會白占名額。"),
    ),
    "ticks.unfinished": Words(
        N_("勾選的作品有 {count} 件還沒寫完。"),
        N_("勾選的「{title}」還沒寫完。"),
        N_("學校提交以後就不能再改；先把簡述和欄位補齊。"),
    ),
    "ticks.free-course": Words(
        N_("{year} 學年度還可以勾選 {count} 件課程學習成果。"),
        "",
        N_("認證成功的就能勾選；名額不用也不會留到下一年。"),
    ),
    "ticks.free-activity": Words(
        N_("{year} 學年度還可以勾選 {count} 件多元表現。"),
        "",
        N_("寫好的就能勾選；名額不用也不會留到下一年。"),
    ),
    "piece.unfiled": Words(
        N_("{count} 件還沒分類，或還沒有選學期。"),
        N_("「{title}」還沒分類，或還沒有選學期。"),
        N_("選好了才知道要填哪些欄位、算哪一年的名額。"),
        N_("還沒分類，或還沒有選學期"),
    ),
    "piece.errors": Words(
        N_("{count} 件有要修正的地方。"),
        N_("「{title}」有要修正的地方。"),
        N_("平臺會退回這些地方。打開作品，問題就寫在欄位旁邊。"),
        N_("有要修正的地方"),
    ),
    "piece.drafts": Words(
        N_("{count} 件還是草稿。"),
        N_("「{title}」還是草稿。"),
        N_("趁記得的時候把簡述和欄位寫完，比以後回想容易。"),
        N_("還是草稿"),
    ),
    "piece.warnings": Words(
        N_("{count} 件有值得留意的地方。"),
        N_("「{title}」有值得留意的地方。"),
        N_("不妨礙上傳，但改一改會更好。"),
        N_("有值得留意的地方"),
    ),
}
"""Every code of the rules of attention."""
