"""How Python is set up."""

import gc

import pytest

from web.interpreter import uncollected


def test_nothing_is_collected_while_a_program_loads_and_later_it_is() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_collected_again_where_a_start_is_given_up() -> None:
    with pytest.raises(ValueError), uncollected():
        raise ValueError
    assert gc.isenabled()
