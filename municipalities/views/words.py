"""Places inside sentences: Finnish inflects the name, Swedish and English do not."""

from django.utils.translation import get_language

from municipalities.models import Municipality, Region


def place_in(place: Municipality | Region) -> str:
    """“Pälkäneellä” for a sentence in Finnish, “Pälkäne” in other languages.

    The empty string for a region whose inflected name nobody has written.
    """
    return place.fi_in if get_language() == "fi" else place.name
