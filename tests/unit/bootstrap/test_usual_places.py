from portfolio_desktop.bootstrap.ground import lay
from portfolio_desktop.bootstrap.usual_places import usual_places


def test_without_a_home_the_systems_places_are_used(home):
    found = usual_places()
    assert "portfolio-desktop" in str(found.settings)
    assert found.settings.is_relative_to(home)
    assert list(home.iterdir()) == []
    assert lay().places == found
