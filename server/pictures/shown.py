"""Every picture that there is, in the order in which they are named."""

from server.pictures.map import MAP
from server.pictures.network import NETWORK
from server.pictures.picture import Picture
from server.pictures.timeline import TIMELINE
from server.pictures.voices import VOICES
from server.pictures.wording import WORDING

PICTURES: dict[str, Picture] = {
    picture.name: picture for picture in (TIMELINE, NETWORK, MAP, VOICES, WORDING)
}
