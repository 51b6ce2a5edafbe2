"""From the click on the program's icon to a window that can do everything, and the traces from which the next start begins.

input_method ─▶ first_look (with the glimpse of last time) ─▶ painted ─▶ unfolding: assembly ─▶ Control      early: what is asked before
recall, memory   how the window was left        keeping   takes the glimpse        unread, selftest   for a fast start, and a sure one
"""
