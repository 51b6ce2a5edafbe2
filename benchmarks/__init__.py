"""Beside real tools, in one run: how fast, and how much memory (goals 1–6, 8 and 12; `python3 dev.py bench --help`).

corpus    files like a student's: pdf jpg png mp3 mp4, Chinese names, one in twenty faulty     (cached in build/)
peers     the programs compared with: Debian packages, installed or left out with a word; a C pass compiled here
measure   interleaved runs, medians, peak memory of a whole process tree
goals_*   what is run, and what it is compared with
table     goal, ours, theirs, ratio, reached or not
"""
