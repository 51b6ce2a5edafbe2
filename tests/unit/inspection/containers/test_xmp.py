import pytest

from portfolio_desktop.inspection.containers.personal import Traces


@pytest.mark.parametrize(
    ("packet", "names"),
    [
        (b"<dc:creator><rdf:Seq><rdf:li>A</rdf:li></rdf:Seq></dc:creator>", ("author",)),
        (b"<dc:creator>\n <rdf:Seq>\n  <rdf:li>\xe7\x8e\x8b</rdf:li></rdf:Seq></dc:creator>", ("author",)),
        (b'<rdf:Description dc:creator="A"/>', ("author",)),
        (b'<rdf:Description tiff:Model="X" tiff:Make=""/>', ("camera",)),
        (b"<dc:creator><rdf:Seq><rdf:li></rdf:li></rdf:Seq></dc:creator><x>text</x>", ()),
        (b'<rdf:Description dc:creator="" tiff:Make=" "/>', ()),
        (b"<dc:creator/><x>text</x>", ()),
        (b"<dc:title>dc:creators</dc:title>", ()),
    ],
)
def test_only_a_value_that_is_there_is_personal(packet, names):
    traces = Traces()
    traces.read_xmp(packet)
    assert traces.names() == names
