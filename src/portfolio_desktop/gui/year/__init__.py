"""勾選: which pieces are handed in for a school year, with the quota as it stands and a reason for every refusal.

pieces known -> board (records, worked out beside by year.ticks) -> model -> two lists with their quotas      controller decides
"""
