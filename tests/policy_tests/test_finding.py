"""The tests of a policy are found beside it; nothing in their folder is passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.policy_tests import find_tests, kind_of, load_tests
from transfers import DocumentError

ONE = "tests: {a: {expect: {status: done}}}\n"


def written(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / "tests" / f"{name}.yaml").write_text(text, encoding="utf-8")


def codes(folder: Path, name: str = "policy.yaml") -> list[str]:
    with pytest.raises(DocumentError) as caught:
        find_tests(folder / name)
    return [fault.code for fault in caught.value.faults]


def test_a_policy_without_a_folder_of_tests_has_none(tmp_path: Path, policy_text: str) -> None:
    (tmp_path / "policy.yaml").write_text(policy_text, encoding="utf-8")
    assert find_tests(tmp_path / "policy.yaml") == ()


def test_tests_are_found_by_name_whatever_their_ending(folder: Path) -> None:
    written(folder, b=ONE, a=ONE)
    (folder / "tests" / "c.yml").write_text(ONE, encoding="utf-8")
    (folder / "tests" / "small.csv").write_text("a\n", encoding="utf-8")
    (folder / "tests" / "fixtures").mkdir()
    found = find_tests(str(folder / "policy.yaml"))
    assert [file.name for file in found] == ["a.yaml", "b.yaml", "c.yml"]


def test_of_several_policies_each_has_the_tests_that_name_it(
    folder: Path, policy_text: str
) -> None:
    (folder / "other.yaml").write_text(policy_text, encoding="utf-8")
    written(folder, a=f"policy: ../policy.yaml\n{ONE}", b=f"policy: ../other.yaml\n{ONE}")
    assert [file.name for file in find_tests(folder / "policy.yaml")] == ["a.yaml"]
    assert [file.name for file in find_tests(folder / "other.yaml")] == ["b.yaml"]
    assert load_tests(folder / "tests" / "b.yaml").policy_file.endswith("other.yaml")


def test_of_several_policies_one_has_to_be_named(folder: Path, policy_text: str) -> None:
    (folder / "other.yaml").write_text(policy_text, encoding="utf-8")
    written(folder, a=ONE)
    assert codes(folder) == codes(folder, "other.yaml") == ["policy_tests.several_policies"]


def test_a_study_beside_the_policy_is_no_second_policy(folder: Path) -> None:
    (folder / "study.yaml").write_text("study: x\npolicy: policy.yaml\n", encoding="utf-8")
    written(folder, a=ONE)
    assert len(find_tests(folder / "policy.yaml")) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("policy: x\ngrants: {}\n", "policy_tests.policy_in_folder"),
        ("study: x\n", "policy_tests.study_in_folder"),
        ("test: {}\n", "policy_tests.other_in_folder"),
        ("a: [\n", "document.flow_unclosed"),
        (f"policy: ../polcy.yaml\n{ONE}", "policy_tests.no_such_policy_near"),
        (f"policy: ../../nowhere.yaml\n{ONE}", "policy_tests.no_such_policy"),
        (f"policy: ../small.csv\n{ONE}", "policy_tests.not_a_policy"),
    ],
)
def test_what_would_never_be_run_is_told(folder: Path, text: str, code: str) -> None:
    written(folder, a=ONE, odd=text)
    assert codes(folder) == [code]


def test_tests_without_a_policy_above_say_so(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    written(tmp_path, a=ONE)
    with pytest.raises(DocumentError) as caught:
        load_tests(tmp_path / "tests" / "a.yaml")
    assert [fault.code for fault in caught.value.faults] == ["policy_tests.no_policy"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("policy: a\ngrants:\n  b: {}\n", "policy"),
        ("\ufeff'policy': a\r\n\"grants\" : {}\r\n", "policy"),
        ("# policy: x\n policy: a\n grants: {}\n", ""),
        ("policies: 1\ngrants: {}\n", ""),
        ("tests:\n  a: {}\n", "tests"),
        ("study: a\npolicy: b\n", "study"),
        ("services:\n  web: {image: x}\n", ""),
        ("{policy: a, grants: {}}\n", ""),
        ("", ""),
    ],
)
def test_what_a_document_is_its_outermost_keys_tell(tmp_path: Path, text: str, kind: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(text.encode())
    assert kind_of(file) == kind


def test_what_cannot_be_read_is_nothing(tmp_path: Path) -> None:
    assert kind_of(tmp_path) == kind_of(tmp_path / "nowhere") == ""
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe\x00")
    assert kind_of(tmp_path / "x.yaml") == ""
