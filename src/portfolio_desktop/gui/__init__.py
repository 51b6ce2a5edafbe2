"""The window: one folder a section; views are layout, controllers decide, the library is asked over its lane.

app -> parts (what is seen) + control (what happens) -> session (lane, readers) -> records -> rows -> model -> view

pieces/ preview/ past/ year/ export/ safekeeping/ firstrun/   a section each: page or view, controller, pure records between
widgets/   small parts       theme icons words   how it looks and speaks       jobs problems   work away, bad news
"""
