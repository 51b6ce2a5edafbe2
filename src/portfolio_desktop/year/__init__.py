"""The school year, purely: what may be ticked 勾選, and why not.

pieces + findings + Rules -> ticks.plan_ticks -> TickPlan(accepted, refused with reasons, quota)
"""
