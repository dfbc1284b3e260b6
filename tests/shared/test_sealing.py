import pytest

from symposia.shared.sealing import SealBroken, sealed, unsealed


def test_a_secret_is_said_again_and_does_not_stand_in_what_is_kept():
    kept = sealed("zoom-token", purpose="meeting")

    assert "zoom-token" not in kept
    assert kept != sealed("zoom-token", purpose="meeting")
    assert unsealed(kept, purpose="meeting") == "zoom-token"


@pytest.mark.parametrize("kept", ["", "plain", "s1.", "s1.!!", "s1.YWJj"])
def test_what_was_never_sealed_is_not_opened(kept):
    with pytest.raises(SealBroken):
        unsealed(kept, purpose="meeting")


def test_a_secret_of_another_purpose_or_installation_is_not_opened(settings):
    kept = sealed("zoom-token", purpose="meeting")

    with pytest.raises(SealBroken):
        unsealed(kept, purpose="mail")
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(SealBroken):
        unsealed(kept, purpose="meeting")
