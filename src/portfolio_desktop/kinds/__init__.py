"""What a file is, told from its bytes alone: names and extensions lie, first bytes rarely do.

stream -> detect.kind_of -> signatures   a magic word at a fixed place
                         -> archives     what a ZIP or an old office file holds
                         -> frames       MPEG sound frames that follow each other
                         -> words        text, and which kind of text
       -> a lower-case word: pdf jpg png mp3 mp4, or what else it is, `unknown`, `empty`
"""
