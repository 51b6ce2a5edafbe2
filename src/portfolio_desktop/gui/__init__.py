"""The window: one folder a section; views are layout, controllers decide, the library is asked over its lane.

app -> first_look (seen at once) -> parts (the rest) + control (what happens) -> session (lane, readers) -> records -> rows -> view

control    deeds (what actions do) enabling (what can be done now) coming (a library opens, closes) rooms (pages, made lazily)
overview/ pieces/ bulk/ summary/ preview/ playing/ past/ year/ export/ safekeeping/ firstrun/    a section, or a part of one
bringing/ settings/ palette/    over all sections: what is brought in, what is set, what can be chosen by its name
widgets/   small parts       theme sheet icons words   how it looks and speaks       jobs problems   work away, bad news
"""
