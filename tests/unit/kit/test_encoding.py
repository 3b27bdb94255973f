"""Any bytes are a text in some code page."""

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.errors import ValidationFailed
from frontdesk.kit.encoding import decode

_LETTERS = "абвгдежзиклмнопрстуфхцчшщьыэюяәғқңөұүһі АБВ.,-12\n"


@given(
    st.binary(max_size=400), st.none() | st.sampled_from(["cp1251", "utf-8", "koi8-r", "nonsense", "utf-16"])
)
def test_any_bytes_are_a_text_that_is_read_again_as_itself(data: bytes, declared: str | None) -> None:
    try:
        text, _ = decode(data, declared)
    except ValidationFailed:
        assert data.count(b"\x00") > len(data) // 4
        return
    assert "\r" not in text
    again, notes = decode(text.encode(errors="replace"))
    assert notes == () or "\x00" in text
    assert again == text.encode(errors="replace").decode().removeprefix("\ufeff")


@given(st.text(_LETTERS, min_size=30, max_size=200).filter(lambda text: sum(map(str.isalpha, text)) > 25))
def test_a_text_in_utf_8_is_never_taken_for_a_code_page(text: str) -> None:
    assert decode(text.encode(), "cp1251") == (text, ())
