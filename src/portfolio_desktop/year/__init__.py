"""The school year, purely: what may be ticked 勾選, what needs attention now, what the three years look like.

pieces + findings + Rules -> ticks.plan_ticks    -> TickPlan(accepted, refused with reasons, quota)
Situation (and a day)     -> attention.attention -> Item(urgency, words, where to go) …
pieces                    -> picture.picture     -> Picture(terms × categories)
"""
