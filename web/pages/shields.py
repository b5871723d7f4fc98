"""The headers with which a browser holds our pages to what they are for."""

from collections.abc import Mapping
from typing import Final

_POLICY: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "curbside",
}
# What browsers would give a page that asks; ours do not.
_OFF: Final = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)

ANY: Final[Mapping[str, str]] = {
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}
"""For whatever is ours."""

PAGE: Final[Mapping[str, str]] = {
    **ANY,
    "content-security-policy": "; ".join(f"{directive} {value}" for directive, value in _POLICY.items()),
    "permissions-policy": ", ".join(f"{feature}=()" for feature in _OFF),
    # The address of a case is told to nobody else; our own server needs the origin.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
"""For the page of the UI."""

WORKER: Final[Mapping[str, str]] = {**ANY, "content-security-policy": "default-src 'none'; connect-src 'self'"}
"""For the service worker, which fetches what it keeps."""

ASSET: Final[Mapping[str, str]] = {**ANY, "content-security-policy": "default-src 'none'"}
"""For a file that a page uses: opened by itself, a picture runs no script."""

PART: Final[Mapping[str, str]] = {"x-content-type-options": "nosniff"}
"""For scripts and style sheets, of which a room has fifteen: opened by itself, one is text, and they are public."""
