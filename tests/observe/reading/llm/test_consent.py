"""No text leaves this machine before the user has agreed to the host, once and by name."""

import json

import pytest
from tests.observe.reading.llm.reading import KEY, PlainResolver

from foreshock.core.errors import HostNotConfirmed, ModelNotSet
from foreshock.observe.reading.llm.coder import LLMCoder
from foreshock.observe.reading.llm.consent import consent_file, is_confirmed, require_consent
from foreshock.observe.reading.llm.settings import Host, Limits, Settings

FAR = Host("https", "models.example", 443)
OPEN = Host("http", "models.example", 80)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_needs_no_leave(name):
    require_consent(Host("http", name, 11434), environment={})


@pytest.mark.parametrize(
    "name",
    ["localhost.example", "127.0.0.1.example", "0.0.0.0", "10.0.0.1", "192.168.1.2", "2130706433"],
)
def test_any_other_machine_does(name):
    with pytest.raises(HostNotConfirmed):
        require_consent(Host("http", name, 11434), environment={})


def test_a_host_is_shown_and_asked_about_once():
    shown = []

    def yes(text):
        shown.append(text)
        return True

    require_consent(FAR, ask=yes, environment={})
    require_consent(FAR, ask=yes, environment={})
    require_consent(FAR, environment={})
    assert len(shown) == 1
    assert "https://models.example:443" in shown[0]
    assert "WARNING" not in shown[0]


def test_an_open_way_gets_a_stronger_warning_and_leave_of_its_own():
    shown = []
    require_consent(FAR, ask=lambda text: True, environment={})
    require_consent(OPEN, ask=lambda text: not shown.append(text), environment={})
    assert "WARNING: the way there is not encrypted" in shown[0]
    assert is_confirmed(OPEN)


def test_another_port_is_another_host():
    require_consent(FAR, ask=lambda text: True, environment={})
    assert not is_confirmed(Host("https", "models.example", 8443))


def test_a_no_is_a_no_and_is_asked_again():
    for _ in range(2):
        with pytest.raises(HostNotConfirmed):
            require_consent(FAR, ask=lambda text: False, environment={})
    assert not consent_file().exists()


def test_where_nobody_can_be_asked_the_error_says_how_to_agree():
    with pytest.raises(HostNotConfirmed, match=r"--confirm-host https://models\.example:443 once"):
        require_consent(FAR, environment={})


@pytest.mark.parametrize(
    "said", ["https://models.example:443", "https://models.example", "https://models.example/v1"]
)
def test_a_host_named_by_option_or_variable_is_agreed_to_for_good(said):
    require_consent(FAR, named=said, environment={})
    require_consent(FAR, environment={})
    require_consent(OPEN, environment={"FORESHOCK_LLM_CONFIRM_HOST": "http://models.example:80"})
    assert sorted(json.loads(consent_file().read_text())["hosts"]) == [str(OPEN), str(FAR)]


@pytest.mark.parametrize("said", ["yes", "https://models.example:8443", "http://models.example"])
def test_naming_another_host_is_refused(said):
    with pytest.raises(HostNotConfirmed, match=r"text would go to https://models\.example:443"):
        require_consent(FAR, named=said, ask=lambda text: True, environment={})
    assert not is_confirmed(FAR)


@pytest.mark.parametrize("text", ["", "{", '{"hosts": 1}', "[]", '{"hosts": {}, "all": true}'])
def test_a_damaged_file_agrees_to_nothing_and_is_written_anew(text):
    consent_file().write_text(text)
    assert not is_confirmed(FAR)
    require_consent(FAR, named=str(FAR), environment={})
    assert is_confirmed(FAR)


def test_the_coder_itself_cannot_be_made_without_leave():
    far = Settings(base_url="https://models.example/v1", model="m", api_key=KEY)
    with pytest.raises(HostNotConfirmed):
        LLMCoder(far, PlainResolver)


# ---------------------------------------------------------------- settings

GOOD = {
    "FORESHOCK_LLM_BASE_URL": "https://models.example/v1",
    "FORESHOCK_LLM_MODEL": "wise-9b",
    "FORESHOCK_LLM_API_KEY": KEY,
}


def test_settings_come_from_the_environment():
    settings = Settings.from_environment(GOOD)
    assert settings.host == FAR
    assert KEY not in repr(settings)


@pytest.mark.parametrize("missing", sorted(GOOD))
def test_a_missing_setting_is_named(missing):
    with pytest.raises(ModelNotSet, match=f"{missing}: is not set"):
        Settings.from_environment({**GOOD, missing: " "})


def test_a_server_on_this_machine_needs_no_key():
    environment = {**GOOD, "FORESHOCK_LLM_BASE_URL": "http://localhost:11434/v1"}
    del environment["FORESHOCK_LLM_API_KEY"]
    assert Settings.from_environment(environment).host == Host("http", "localhost", 11434)


@pytest.mark.parametrize(
    "url",
    [
        *("models.example/v1", "ftp://models.example", "file:///tmp/x", "https://", "https://a:b/"),
        *("https://user:hidden@models.example/v1", "https://models.example/v1?key=hidden"),
        *("https://models.example/v1#hidden", "https://[hidden/", "https://models.example:99999/"),
    ],
)
def test_an_address_that_is_none_or_holds_a_secret_is_refused_without_repeating_it(url):
    with pytest.raises(ModelNotSet, match="FORESHOCK_LLM_BASE_URL") as raised:
        Settings.from_environment({**GOOD, "FORESHOCK_LLM_BASE_URL": url})
    assert "hidden" not in str(raised.value)


def test_a_name_in_look_alike_letters_is_shown_for_what_it_is():
    settings = Settings.from_environment(
        {**GOOD, "FORESHOCK_LLM_BASE_URL": "https://m\u043edels.example/v1"}
    )
    assert settings.host.name.startswith("xn--")


@pytest.mark.parametrize("limit", ["DOCUMENT_TOKENS", "REQUEST_SECONDS", "BATCH"])
@pytest.mark.parametrize("value", ["0", "-1", "much", "nan", "inf", "1e400"])
def test_limits_under_which_nothing_could_be_read_are_refused(limit, value):
    with pytest.raises(ModelNotSet, match=f"FORESHOCK_LLM_{limit}"):
        Limits.from_environment({f"FORESHOCK_LLM_{limit}": value})


def test_limits_come_from_the_environment_too():
    told = {"FORESHOCK_LLM_RETRIES": "0", "FORESHOCK_LLM_BATCH": "3"}
    assert Limits.from_environment(told) == Limits(retries=0, batch=3)


def test_without_the_package_the_error_says_how_to_get_it(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "openai", None)
    monkeypatch.delitem(sys.modules, "foreshock.observe.reading.llm.endpoint", raising=False)
    near = Settings(base_url="http://localhost:1/v1", model="m")
    with pytest.raises(ModelNotSet, match=r"pip install 'foreshock\[llm\]'"):
        LLMCoder(near, PlainResolver)
