"""Foreign bytes by chance, for as long as one likes: `python3 dev.py fuzz --seconds 600 --seed 1`.

targets.py    every door that foreign bytes come through, and what must hold there
__main__.py   the long run; the short one is tests/integration/hostile/test_fuzz.py
"""
