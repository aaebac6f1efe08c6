"""The settings of single sign-on: what they give, and every mistake one sentence without the secret in it."""

import json
from pathlib import Path

import pytest

from data_access.accounts.claims import Place, Rule, place_of
from data_access.accounts.provider import is_private
from data_access.settings import Settings, SettingsProblem

RULES = '[{"claim": "groups", "value": "pmo", "role": "pmo"}]'
ENOUGH = {
    "OIDC_ISSUER": "https://login.example.gov.pk/realms/pk",
    "OIDC_CLIENT_ID": "jawabdeh",
    "OIDC_CLIENT_SECRET": "hunter2hunter2",
    "OIDC_CLAIMS": RULES,
}
TOML = """
[[rule]]
claim = "groups"
value = "pmo"
role = "pmo"
"""


def test_nothing_set_is_no_single_sign_on(tmp_path: Path) -> None:
    assert Settings.from_environment({"OIDC_NAME": " "}, tmp_path).provider is None


def test_what_is_set_counts_and_the_rest_has_defaults(tmp_path: Path) -> None:
    settings = Settings.from_environment(ENOUGH, tmp_path)
    provider = settings.provider
    assert provider is not None
    assert (provider.issuer, provider.client_id) == ("https://login.example.gov.pk/realms/pk", "jawabdeh")
    assert provider.client_secret == "hunter2hunter2"
    assert "hunter2" not in repr(settings)
    assert (provider.name, provider.scopes) == ("login.example.gov.pk", ("openid", "profile", "email"))
    assert provider.rules == (Rule("groups", "pmo", "pmo"),)


def test_name_and_scopes_can_be_chosen(tmp_path: Path) -> None:
    more = {"OIDC_NAME": " وزارت ", "OIDC_SCOPES": "openid  groups openid"}
    provider = Settings.from_environment(ENOUGH | more, tmp_path).provider
    assert provider is not None
    assert (provider.name, provider.scopes) == ("وزارت", ("openid", "groups"))


@pytest.mark.parametrize(("name", "content"), [("map.toml", TOML), ("map.json", RULES)])
def test_the_rules_may_lie_in_a_file(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    provider = Settings.from_environment(ENOUGH | {"OIDC_CLAIMS": str(tmp_path / name)}, tmp_path).provider
    assert provider is not None
    assert provider.rules == (Rule("groups", "pmo", "pmo"),)


def test_the_example_in_the_readme_is_one(tmp_path: Path) -> None:
    text = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    example = "[[rule]]" + text.partition("[[rule]]")[2].partition("```")[0]
    (tmp_path / "claims.toml").write_text(example)
    provider = Settings.from_environment(ENOUGH | {"OIDC_CLAIMS": str(tmp_path / "claims.toml")}, tmp_path).provider
    assert provider is not None
    assert place_of(provider.rules, {"realm_access": {"roles": ["chief-secretary"]}, "province": "Punjab"}) == Place(
        "chief_secretary", {"government": "punjab"}
    )


def test_the_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    given = ENOUGH | {"OIDC_CLIENT_SECRET": "", "OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret")}
    provider = Settings.from_environment(given, tmp_path).provider
    assert provider is not None
    assert provider.client_secret == "from a file"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"OIDC_ISSUER": ""}, "OIDC_CLIENT_ID is set without OIDC_ISSUER"),
        ({"OIDC_CLIENT_ID": ""}, "OIDC_ISSUER is set without OIDC_CLIENT_ID"),
        ({"OIDC_CLAIMS": ""}, "OIDC_ISSUER is set without OIDC_CLAIMS"),
        ({"OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_SECRET is not set"),
        ({"OIDC_CLIENT_SECRET_FILE": "var/x"}, "are both set"),
        ({"OIDC_CLIENT_SECRET": "", "OIDC_CLIENT_SECRET_FILE": "/no/such"}, "/no/such cannot be read (No such file"),
        ({"OIDC_CLIENT_SECRET": "", "OIDC_CLIENT_SECRET_FILE": "/dev/null"}, "OIDC_CLIENT_SECRET_FILE=/dev/null is em"),
        ({"OIDC_ISSUER": "http://login.example.gov.pk"}, "OIDC_ISSUER is no address that begins with https://"),
        ({"OIDC_ISSUER": "login.example.gov.pk"}, "OIDC_ISSUER is no address"),
        ({"OIDC_ISSUER": "https://[::1"}, "OIDC_ISSUER is no address"),
        ({"OIDC_ISSUER": "https://a.pk?x=1"}, "OIDC_ISSUER has more than host and path"),
        ({"OIDC_ISSUER": "https://hunter2@a.pk"}, "OIDC_ISSUER has more than host and path"),
        ({"OIDC_SCOPES": "profile"}, "OIDC_SCOPES=profile lacks openid"),
        ({"OIDC_NAME": "x" * 41}, "OIDC_NAME is more than 40 letters"),
        ({"OIDC_NAME": "a\nb"}, "OIDC_NAME is more than 40 letters on one line"),
        ({"OIDC_CLAIMS": "/no/such.toml"}, "OIDC_CLAIMS=/no/such.toml cannot be read as TOML (No such file"),
        ({"OIDC_CLAIMS": "[{]"}, "OIDC_CLAIMS cannot be read as JSON"),
        ({"OIDC_CLAIMS": "[" * 100_000}, "OIDC_CLAIMS cannot be read as JSON"),
        ({"OIDC_CLAIMS": "[]"}, "OIDC_CLAIMS: there is no list of rules"),
        ({"OIDC_CLAIMS": RULES.replace('"role": "pmo"', '"role": "king"')}, "OIDC_CLAIMS: rule 1: there is no role"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_it(tmp_path: Path, changed: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsProblem) as problem:
        Settings.from_environment(ENOUGH | changed, tmp_path)
    assert words in str(problem.value)
    assert "\n" not in str(problem.value)
    assert "hunter2" not in str(problem.value)


def test_a_file_that_is_no_toml_is_told(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_bytes(b"\xff")
    with pytest.raises(SettingsProblem, match=r"map\.toml cannot be read as TOML"):
        Settings.from_environment(ENOUGH | {"OIDC_CLAIMS": str(tmp_path / "map.toml")}, tmp_path)
    (tmp_path / "map.json").write_text(json.dumps({"rule": []}))
    with pytest.raises(SettingsProblem, match=r"map\.json: there is no list"):
        Settings.from_environment(ENOUGH | {"OIDC_CLAIMS": str(tmp_path / "map.json")}, tmp_path)


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("https://a.pk", True),
        ("https://a.pk:8443/x", True),
        ("http://localhost:5000", True),
        ("http://127.0.0.1/x", True),
        ("http://[::1]:1/x", True),
        ("http://a.pk", False),
        ("http://localhost.a.pk", False),
        ("http://10.0.0.1", False),
        ("https://", False),
        ("https://a.pk:x", False),
        ("ftp://localhost", False),
        ("//a.pk", False),
        ("", False),
    ],
)
def test_only_https_or_this_machine_is_private(url: str, private: bool) -> None:
    assert is_private(url) is private
