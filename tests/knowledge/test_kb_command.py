"""`frontdesk kb` as a person uses it."""

import argparse
import json
from pathlib import Path

import pytest

from frontdesk.cli import kb
from frontdesk.cli.doctor import examine
from frontdesk.errors import SetupError, ValidationFailed
from frontdesk.settings import load
from tests.unit.knowledge.bombs import docx
from tests.unit.llm.model_server import served as model_served


@pytest.fixture(autouse=True)
def served(dsn: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command opens its desk by the environment, as a person's shell gives it."""
    monkeypatch.setenv("DATABASE_URL", dsn)
    monkeypatch.setenv("FRONTDESK_HOME", str(home))


async def kb_command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    kb.register(parser.add_subparsers())
    args = parser.parse_args(["kb", *words])
    return int(await args.run(args))


async def test_a_folder_is_added_and_searched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ru").mkdir()
    (tmp_path / "ru" / "a.md").write_text("# Гарантия\n\nГарантия на технику 12 месяцев.", encoding="utf-8")
    (tmp_path / "notes.png").write_bytes(b"\x89PNG")
    assert await kb_command("add", str(tmp_path), "--space", "s") == 0
    assert "notes.png" in capsys.readouterr().out
    assert await kb_command("search", "какая гарантия", "--space", "s", "--json", "--k", "1") == 0
    [result] = json.loads(capsys.readouterr().out)["results"]
    assert (result["doc_id"], result["title"], result["language"]) == ("ru/a.md", "Гарантия", "ru")


async def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = tmp_path / "bad.pdf", tmp_path / "good.txt"
    bad.write_bytes(b"%PDF-1.7 nothing")
    good.write_text("Delivery takes two days.")
    assert await kb_command("add", str(bad), str(tmp_path / "none.md"), str(good)) == 1
    shown = capsys.readouterr()
    assert "bad.pdf: the PDF file is broken" in shown.err
    assert "none.md" in shown.err
    assert "good.txt" in shown.out


async def test_the_end_tells_what_was_added_with_which_warnings_and_what_was_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "a.md": b"# Delivery\n\nTwo days.",
        "bomb.md": b"[" * 40_000,
        "bomb.docx": docx("", parts={"media": b"0" * 200_000_000}),
        "large.txt": b"a" * (10 * 1024 * 1024 + 1),
        "latin.txt": "Доставка по городу занимает два дня.".encode("cp1251"),
        "photo.png": b"\x89PNG",
        "z.html": b"<p " * 20_000 + b"<p>Returns take two weeks.",
    }
    folder = tmp_path / "files"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    assert await kb_command("add", str(folder)) == 1
    shown = capsys.readouterr()
    assert shown.out.endswith(
        "3 new or changed, 0 unchanged, 3 not added\n"
        "  warning: latin.txt: read as cp1251: save the file as UTF-8 if letters look wrong\n"
        "  left out, of other kinds: photo.png\n"
    )
    assert shown.err.endswith(
        f"  not added: {folder}/bomb.docx: the DOCX file unpacks to more than can be read safely\n"
        f"  not added: {folder}/bomb.md: the file holds no text\n"
        f"  not added: {folder}/large.txt: the file is larger than 10 MB\n"
    )


async def test_import_and_evaluate_print_the_contracts_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs, queries = tmp_path / "docs.jsonl", tmp_path / "queries.jsonl"
    docs.write_text(
        '{"doc_id": "w", "title": "Warranty", "text": "The warranty lasts a year."}\n'
        '{"doc_id": "d", "title": "Delivery", "text": "A courier comes in two days."}\n'
    )
    queries.write_text(
        '{"query_id": "1", "query": "how long is the warranty", "doc_ids": ["w"]}\n'
        '{"query_id": "2", "query": "concert tickets", "doc_ids": [], "answerable": false}\n'
    )
    assert await kb_command("import", str(docs), "--space", "x") == 0
    capsys.readouterr()
    assert await kb_command("evaluate", str(queries), "--space", "x") == 0
    shown = json.loads(capsys.readouterr().out)
    assert {key: shown[key] for key in ("recall@1", "recall@5", "mrr", "answerable_auroc")} == {
        "recall@1": 1.0,
        "recall@5": 1.0,
        "mrr": 1.0,
        "answerable_auroc": 1.0,
    }
    assert shown["queries_per_second"] > 0


async def test_an_empty_query_file_is_a_clear_error(tmp_path: Path) -> None:
    empty = tmp_path / "queries.jsonl"
    empty.write_text("")
    with pytest.raises(ValidationFailed, match="no queries"):
        await kb_command("evaluate", str(empty))


async def test_reindex_makes_what_the_model_lacks_and_makes_it_anew_on_demand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMBEDDING_MODEL", "none")
    docs = tmp_path / "docs.jsonl"
    docs.write_text('{"doc_id": "w", "title": "Гарантия", "text": "Гарантия длится год.", "lang": "ru"}\n')
    assert await kb_command("import", str(docs)) == 0
    assert await kb_command("reindex") == 0
    assert "search goes by words" in capsys.readouterr().out
    with model_served() as model:
        monkeypatch.setenv("EMBEDDING_MODEL", "ollama:tiny")
        monkeypatch.setenv("OLLAMA_BASE_URL", model.url)
        assert await kb_command("reindex") == 0
        shown = capsys.readouterr().out
        assert "model: ollama:tiny\nmain ru: 0 of 1 chunks have vectors\n" in shown
        assert "done: 1 chunks" in shown
        assert await kb_command("reindex") == 0
        assert "done: 0 chunks" in capsys.readouterr().out
        assert await kb_command("reindex", "--anew") == 0
        assert "2 vectors deleted" in capsys.readouterr().out


async def test_knowledge_is_added_while_the_model_is_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMBEDDING_MODEL", "ollama:tiny")
    with model_served() as model:
        monkeypatch.setenv("OLLAMA_BASE_URL", model.url)
        model.faults = [401] * 9
        note = tmp_path / "note.txt"
        note.write_text("Delivery takes two days.")
        assert await kb_command("add", str(note)) == 0
        shown = capsys.readouterr()
        assert "note.txt" in shown.out
        assert "vectors are made later" in shown.err
        with pytest.raises(SetupError, match="401"):
            await kb_command("reindex")


async def test_doctor_tells_the_model_and_how_far_it_is(
    tmp_path: Path, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Delivery takes two days.")
    monkeypatch.setenv("EMBEDDING_MODEL", "none")
    assert await kb_command("add", str(note)) == 0

    async def vectors(model: str) -> tuple[str, str]:
        checks = [check async for check in examine(load(_env_file=None, embedding_model=model))]
        [check] = [check for check in checks if check.name == "vectors"]
        return check.state, check.text

    assert await vectors("none") == ("ok", "EMBEDDING_MODEL is `none`: search goes by words alone")
    state, text = await vectors("ollama:bge-m3")
    assert state == "warning"
    assert text.startswith("ollama:bge-m3 (ru, kk, en); 0 of 1 chunks embedded")
    assert (await vectors("wrong"))[0] == "error"


async def test_a_file_in_two_languages_is_found_in_both_and_replaced_as_a_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rent.txt"
    kazakh = (
        "Домбыраны тәулігіне 2 000 теңгеге жалға беріп тұрамыз. Кепілақы 15 000 теңге, ол бірден қайтарылады."
    )
    russian = "Домбру даём напрокат за 2 000 тенге в сутки. Залог 15 000 тенге возвращаем сразу после сдачи."
    file.write_text(f"Домбыра жалға беру / Прокат домбры\n\n{kazakh}\n\n{russian}", encoding="utf-8")
    assert await kb_command("add", str(file), "--space", "two") == 0
    assert "its part in `kk` is an article of its own: rent.txt#kk" in capsys.readouterr().out
    for question, key, title in (
        ("какой залог за домбру?", "rent.txt", "Прокат домбры"),
        ("кепілақы қанша?", "rent.txt#kk", "Домбыра жалға беру"),
    ):
        await kb_command("search", question, "--space", "two", "--json", "--k", "1")
        [result] = json.loads(capsys.readouterr().out)["results"]
        assert (result["doc_id"], result["title"]) == (key, title)
    file.write_text(f"Прокат домбры\n\n{russian}", encoding="utf-8")
    await kb_command("add", str(file), "--space", "two")
    capsys.readouterr()
    await kb_command("search", "домбра", "--space", "two", "--json")
    assert {result["doc_id"] for result in json.loads(capsys.readouterr().out)["results"]} == {"rent.txt"}


async def test_check_shows_the_owner_what_to_look_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("# Hours\n\nThe warehouse downtown is open from 10:00 to 19:00.")
    (tmp_path / "b.md").write_text(
        "---\nexpires: 31.01.2020\nreview: soon\n---\n# Sale\n\nKettles are cheaper this winter."
    )
    assert await kb_command("check") == 0
    assert capsys.readouterr().out == "nothing to look at\n"
    assert await kb_command("add", str(tmp_path)) == 0
    assert "warning: b.md: `soon` in its front matter is no day: write 2026-12-31" in capsys.readouterr().out
    (tmp_path / "c.md").write_text("# Contacts\n\nThe warehouse downtown is open from 09:00 to 18:00.")
    assert await kb_command("add", str(tmp_path / "c.md"), "--review-on", "2020-02-01") == 0
    capsys.readouterr()
    assert await kb_command("check") == 1
    assert capsys.readouterr().out == (
        "c.md is to be looked at again (2020-02-01)\n"
        "b.md has expired (2020-01-31)\n"
        "a.md and c.md tell other figures of one subject (10:00, 19:00 / 09:00, 18:00)\n"
        "  a.md: The warehouse downtown is open from 10:00 to 19:00.\n"
        "  c.md: The warehouse downtown is open from 09:00 to 18:00.\n"
        "1 review_due, 1 expired, 1 numbers\n"
    )
