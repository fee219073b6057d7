from benchmarks.understanding.entities import counted, f1, interval, main, read
from training.tagger.grammar import Sentence

ROWS = "郑 B-NAME\n可 E-NAME\n， O\n男 O\n\n任 O\n公 B-ORG\n司 E-ORG\n  O\n监 B-TITLE\n事 E-TITLE\n\n"


def test_columns_are_read(tmp_path):
    file = tmp_path / "some.bmes"
    file.write_text(ROWS, "utf-8")
    assert list(read(file)) == [
        Sentence("郑可，男", ("B-NAME", "E-NAME", "O", "O")),
        Sentence("任公司 监事", ("O", "B-ORG", "E-ORG", "O", "B-TITLE", "E-TITLE")),
    ]


def test_only_exact_spans_count():
    counts = counted(Sentence("现任公司副总经理", ("O", "O", "B-ORG", "E-ORG", "O", "B-TITLE", "M-TITLE", "E-TITLE")))
    assert (counts["right", "ORG"], counts["found", "TITLE"], counts["right", "TITLE"]) == (1, 1, 0)
    assert f1(counts) == (0.5, 0.5, 0.5)
    assert interval([counts], ("ORG",)) == (1.0, 1.0)


def test_a_file_that_is_not_there_is_skipped(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("sys.argv", ["entities", "--fresh", "5", "--file", str(tmp_path / "none.bmes")])
    main()
    assert "not there, skipped" in capsys.readouterr().out
