"""Killing a writer a thousand times: python3 dev.py chaos --kills 1000 --seed 7

killer    forks a writer, kills it somewhere, forks a look at the wreck, counts
writer    works on a library without end and tells each step before and after it (intentions: what it may do)
wreck     what is lost, an orphan or corrupt in what a kill left behind
sabotage  ways to break the library on purpose, each of which must be found out
"""
