"""The library that is open: how it comes and goes, where it lies, who else has it, and what is done for it in the background.

coming ─▶ open ─▶ leaving        where: settling (cloud, share, stick), second (open elsewhere), beckoning (to the front)
catalog   catalog.json near the truth        looking   every file read in depth        trash   emptied
"""
