"""The last gate: whatever reaches a message or a quote, no plain number of a person leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.masking import mask
from rules.wording import clean, say

ID = "110101190001010014"
CARD = "6222000000000000128"
MOBILES = "17000000001、17000000002"


def test_messages_and_quotes_show_no_plain_number():
    assert ID not in say("标题“{title}”", {"title": f"甲一 {ID} 公示"})
    assert ID not in clean(f"甲一{ID}")
    assert mask(f"身份证 {ID[:6]} {ID[6:14]} {ID[14:]}") == "身份证 11*************014"
    assert mask(MOBILES) == "170****0001、170****0002"


@pytest.mark.parametrize(
    "text",
    [
        "http://www.shili.example/item_110101190001010014.html?id=110101190001010014",
        "联系电话：17000000001",
        "索引号：003160234/202611-00012",
        "6543210987654321098",
        "统一社会信用代码 91350100M000100Y43",
        "第 20261122 号",
    ],
)
def test_addresses_codes_and_a_single_telephone_stay(text):
    assert mask(text) == text


def test_a_number_is_masked_before_the_text_is_cut():
    assert "1101011900" not in clean("甲" * 290 + ID, 300)


@given(st.text(alphabet="0123456789Xx -,。甲", max_size=400))
def test_masking_twice_is_masking_once(text):
    assert mask(mask(text)) == mask(text)
