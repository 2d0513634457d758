import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.rows import as_rows

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=20,
)


@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=4))
def test_what_is_written_reads_back_the_same(data: dict[str, Any]) -> None:
    assert json.loads(as_rows(data)) == data


def test_a_row_is_a_line() -> None:
    data = {"person": "p1", "fact": [{"id": 1, "about": {"a": [1, 2]}}, {"id": 2}], "said": {"web:ada": [{"é": 1}]}}
    assert as_rows(data).splitlines() == [
        "{",
        '  "person": "p1",',
        '  "fact": [',
        '    {"id": 1, "about": {"a": [1, 2]}},',
        '    {"id": 2}',
        "  ],",
        '  "said": {',
        '    "web:ada": [',
        '      {"é": 1}',
        "    ]",
        "  }",
        "}",
    ]
