"""Changing several pieces at once: what can be set together, a plan of every change, one confirmation, one undo step.

pieces chosen ─▶ offer (pure) ─▶ panel: a line a value ─▶ Wish ─▶ work.plan (lane) ─▶ BulkPlan ─▶ preview ─▶ work.carry_out (lane)
"""
