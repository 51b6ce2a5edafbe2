"""勾選: which pieces are handed in for a school year, with the quota as it stands and a reason for every refusal.

board (records, worked out on the lane by year.ticks) -> model -> two lists with their quotas      controller decides
"""
