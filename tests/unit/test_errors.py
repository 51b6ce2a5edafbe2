import pytest

from portfolio_desktop.errors import BUG_EXIT, DamageError, PortfolioError, UsageError


@pytest.mark.parametrize(("kind", "code"), [(PortfolioError, 4), (UsageError, 2), (DamageError, 3)])
def test_each_kind_of_bad_news_has_the_exit_code_that_scripts_rely_on(kind, code):
    error = kind("磁碟滿了")
    assert error.exit_code == code
    assert isinstance(error, PortfolioError)
    assert str(error) == "磁碟滿了"


def test_a_bug_is_told_from_all_of_them():
    assert BUG_EXIT == 70
