"""The window: one folder a section; views are layout, controllers decide, the library is asked over its lane.

app ─▶ starting/ (seen at once, then the rest) ─▶ control (what happens) ─▶ session (lane, readers) ─▶ records ─▶ rows ─▶ view

starting/     from the click on the icon to a window that can do everything        frame/    the window around the pages
shelf/        the library that is open: how it comes and goes, what is done for it   appearance/    how everything looks
overview/ pieces/ bulk/ summary/ preview/ playing/ past/ year/ export/ safekeeping/ firstrun/    a section, or a part of one
bringing/ settings/ palette/    over all sections: what is brought in, what is set, what can be chosen by its name
widgets/      small parts        words  how it speaks        jobs problems errands  work away, bad news, what is asked of the library
control parts rooms             the controllers put together, the parts that they share, the pages that are made when wanted
"""
