from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.errors import SetupError
from frontdesk.escalation.hours import Stretch, parse_hours
from frontdesk.escalation.route import (
    ExpectedAnswer,
    RoutingRules,
    expected_answer,
    manager,
    rules_from,
)
from frontdesk.settings import Settings

ALMATY = ZoneInfo("Asia/Almaty")


def _rules(hours: str = "09:00-21:00", zone: ZoneInfo = ALMATY) -> RoutingRules:
    return RoutingRules(
        zone, parse_hours(hours), 15, "manager@desk.example", {"returns": "returns@desk.example"}
    )


def _at(text: str, zone: ZoneInfo = ALMATY) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("category", "address"),
    [("returns", "returns@desk.example"), ("order", "manager@desk.example"), (None, "manager@desk.example")],
)
def test_the_categorys_manager_or_else_the_desks(category: str | None, address: str) -> None:
    assert manager(category, _rules()) == address


@pytest.mark.parametrize(
    ("hours", "now", "opens"),
    [
        ("09:00-21:00", "2026-11-21 09:00", None),
        ("09:00-21:00", "2026-11-21 20:59", None),
        ("09:00-21:00", "2026-11-21 21:00", "2026-11-22 09:00"),
        ("09:00-21:00", "2026-11-21 08:59", "2026-11-21 09:00"),
        ("9:00 – 21:00", "2026-12-31 23:00", "2027-01-01 09:00"),
        ("mon-fri 09:00-18:00", "2026-11-20 17:59", None),  # a Friday
        ("mon-fri 09:00-18:00", "2026-11-20 18:00", "2026-11-23 09:00"),
        ("sun 10:00-12:00", "2026-11-22 12:00", "2026-11-29 10:00"),
        ("Sat-Mon 10:00-12:00", "2026-11-24 10:00", "2026-11-28 10:00"),
        ("21:00-06:00", "2026-11-21 02:00", None),
        ("21:00-06:00", "2026-11-21 06:00", "2026-11-21 21:00"),
        ("fri 21:00-06:00", "2026-11-21 05:00", None),  # Friday's night shift on Saturday
        ("fri 21:00-06:00", "2026-11-20 05:00", "2026-11-20 21:00"),
        ("09:00-24:00", "2026-11-21 23:59", None),
        ("09:00-13:00,14:00-18:00", "2026-11-21 12:59", None),
        ("09:00-13:00,14:00-18:00", "2026-11-21 13:00", "2026-11-21 14:00"),
        ("09:00-13:00, 14:00-18:00", "2026-11-21 18:00", "2026-11-22 09:00"),
        ("mon-fri 09:00-13:00,14:00-18:00; sat 10:00-14:00", "2026-11-20 18:00", "2026-11-21 10:00"),
        ("mon-fri 09:00-13:00,14:00-18:00; sat 10:00-14:00", "2026-11-21 14:00", "2026-11-23 09:00"),
        ("mon-fri 09:00-18:00, sat 10:00-14:00,15:00-16:00", "2026-11-21 14:30", "2026-11-21 15:00"),
        ("mon,wed 09:00-18:00; fri,sat-sun 12:00-13:00", "2026-11-22 13:00", "2026-11-23 09:00"),
        ("mon,wed 09:00-18:00; fri,sat-sun 12:00-13:00", "2026-11-24 10:00", "2026-11-25 09:00"),
        ("fri 21:00-02:00,04:00-06:00; sat 03:00-05:00", "2026-11-21 01:59", None),
        ("fri 21:00-02:00,04:00-06:00; sat 03:00-05:00", "2026-11-21 02:00", "2026-11-21 03:00"),
        ("mon-fri 00:00-24:00; sat-sun 00:00-24:00", "2026-11-22 03:00", None),
        ("00:00-24:00", "2026-11-21 00:00", None),
        ("24/7", "2026-11-21 03:00", None),
    ],
)
def test_when_a_person_may_be_expected_answer(hours: str, now: str, opens: str | None) -> None:
    opens_at = _at(opens) if opens else None
    assert expected_answer(_at(now), _rules(hours)) == ExpectedAnswer(opens is None, 15, opens_at)


def test_the_time_is_told_by_the_desks_own_clock() -> None:
    answer = expected_answer(datetime(2026, 11, 21, 20, 0, tzinfo=UTC), _rules())  # 01:00 in Almaty
    assert (answer.open_now, answer.opens) == (False, "09:00")
    assert answer.opens_at is not None
    assert answer.opens_at.utcoffset() == timedelta(hours=5)
    assert expected_answer(_at("2026-11-21 10:00"), _rules()).opens == ""


def test_when_the_clocks_change_the_wall_clock_counts() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    answer = expected_answer(
        _at("2026-10-24 22:00", berlin), _rules(zone=berlin)
    )  # the night gets an hour longer
    assert answer.opens_at == datetime(2026, 10, 25, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "hours",
    [
        "",
        "9-21",
        "09:00",
        "25:00-26:00",
        "09:60-10:00",
        "foo-fri 09:00-18:00",
        "24:00",
        "mon",
        "mon,09:00",
        "09:00-13:00,",
        "09:00-13:00,tue",
        ";",
        "09:00-13:00; ",
        "mon09:00-10:00",
        "mon 09:00-10:00 11:00-12:00",
    ],
)
def test_hours_of_another_form_are_named(hours: str) -> None:
    with pytest.raises(SetupError, match="WORKING_HOURS"):
        parse_hours(hours)


@pytest.mark.parametrize("zone", ["Asia/Nowhere", "../etc/passwd", ""])
def test_a_time_zone_that_is_none_is_named(zone: str) -> None:
    with pytest.raises(SetupError, match="DESK_TIMEZONE"):
        rules_from(Settings(_env_file=None, desk_timezone=zone))


def test_the_defaults_of_the_settings_make_rules() -> None:
    rules = rules_from(Settings(_env_file=None, category_managers={"returns": "r@x.example", "order": ""}))
    assert rules.hours == (Stretch(time(9), time(21)),)
    assert rules.zone == ALMATY
    assert rules.managers == {"returns": "r@x.example"}


def test_the_settings_say_within_how_many_minutes_a_person_answers() -> None:
    rules = rules_from(Settings(_env_file=None, working_hours="24/7", person_answers_within=40))
    assert expected_answer(_at("2026-11-21 03:00"), rules) == ExpectedAnswer(True, 40)


@given(
    st.datetimes(timezones=st.just(UTC), min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1)),  # noqa: DTZ001
    st.lists(
        st.builds(Stretch, st.times(), st.times(), st.frozensets(st.integers(0, 6), min_size=1)),
        min_size=1,
        max_size=4,
    ),
)
def test_whatever_the_hours_a_closed_desk_opens_within_eight_days(
    now: datetime, stretches: list[Stretch]
) -> None:
    rules = RoutingRules(ALMATY, tuple(stretches), 15, "m@x.example")
    answer = expected_answer(now, rules)
    if answer.opens_at is not None:
        assert now < answer.opens_at <= now + timedelta(days=8)
        assert expected_answer(answer.opens_at, rules).open_now
    else:
        assert answer.open_now


@given(
    st.lists(
        st.sampled_from(["mon", "-", "fri", " ", "09:00", "18:00", ",", ";", "24/7", "25:61"]), max_size=9
    ).map("".join)
)
def test_any_hours_are_read_or_named_as_wrong(text: str) -> None:
    try:
        hours = parse_hours(text)
    except SetupError as error:
        assert "WORKING_HOURS" in error.message  # noqa: PT017
    else:
        assert hours is None or hours
