"""The page of figures shows what was measured, missed and left out."""

import json
from pathlib import Path

import pytest
from bench.intelligence import answers, label_sets, questions, readings, retrieval, speed, spelled
from bench.intelligence.__main__ import PARTS, main
from bench.intelligence.page import page
from bench.intelligence.section import Bench, Row, Section, at_least, at_most

GOOD = ("отлично {}", "спасибо, {} понравилось", "очень рад, {} супер")
BAD = ("ужасно, {} сломано", "плохо: {}", "верните деньги за {}")
NEITHER = ("где {}", "когда привезут {}", "сколько стоит {}")
THINGS = ("чайник", "стол", "плед", "диван", "утюг", "лампа", "шкаф", "ковёр")


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (Row("x", 90.0), ""),
        (Row("x", 89.96, at_least(90)), "met"),
        (Row("x", 89.9, at_least(90)), "missed by 0.1"),
        (Row("x", 0.052, at_most(0.05), digits=3), "missed by 0.002"),
        (Row("x", 1300.4, at_least(1500), digits=0), "missed by 200"),
    ],
)
def test_the_verdict_is_on_the_figure_as_it_is_shown(row: Row, verdict: str) -> None:
    assert row.verdict == verdict


def test_the_page_shows_figures_beside_aims_and_names_what_was_left_out() -> None:
    measured = Section(
        "Set", (Row("accuracy", 91.25, at_least(93.5), 80.0), Row("speed", 1234.0, digits=0)), "How."
    )
    text = page([measured, Section("Other", left_out=("no data: `a.jsonl`",))])
    assert "| accuracy | 80 | ≥ 93.5 | **91.2** | missed by 2.3 |" in text
    assert "| speed |  |  | **1,234** |  |" in text
    assert "0 of 1 aims are met" in text
    assert "* Other: no data: `a.jsonl`" in text
    assert "**Set.** How." in text


def test_a_part_without_data_is_named_as_left_out(tmp_path: Path) -> None:
    bench = Bench(tmp_path, None)
    for part in PARTS:
        if part in (*label_sets.PARTS, *retrieval.PARTS) or part.needs:
            section = part.run(bench)
            assert section.rows == ()
            assert section.left_out


def test_one_part_is_measured_on_the_data_it_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kinds = {"positive": GOOD, "negative": BAD, "neutral": NEITHER, "mixed": ("и так, и так: {}",)}
    lines = [
        json.dumps({"text": form.format(thing), "label": label}, ensure_ascii=False)
        for label, forms in kinds.items()
        for form in forms
        for thing in THINGS
    ]
    folder = tmp_path / "sentiment"
    folder.mkdir()
    (folder / "ru_cedr_train.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main(["--data", str(tmp_path), "--only", "cedr"]) == 0
    printed = capsys.readouterr().out
    assert "| Russian, 3-way macro-F1 | 79 | ≥ 82 | **100.0** | met |" in printed
    assert "72 texts" in printed


@pytest.mark.parametrize("words", [["--write", "--only", "cedr"], ["--only", "nonsense"]])
def test_a_page_of_some_parts_is_not_written(tmp_path: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--data", str(tmp_path), *words])
    assert ended.value.code == 2


def test_every_part_has_a_name_of_its_own() -> None:
    modules = (readings, spelled, label_sets, retrieval, answers, questions, speed)
    assert sorted(part.name for part in PARTS) == sorted(
        {part.name for module in modules for part in module.PARTS}
    )
