"""Which hidden parts of a page are shown by a click: the answers of folding panels and tabs."""

from collections.abc import Mapping

from frontdesk.kit.markup import feed

_NOT_TEXT = {"dialog", "alertdialog", "menu", "listbox", "tooltip", "navigation"}
_TARGETS = ("data-target", "data-bs-target", "href")


def is_control(attributes: Mapping[str, str]) -> bool:
    """Whether an element opens a panel, as opposed to a menu or a dialogue."""
    if attributes.get("aria-haspopup", "false") not in ("false", ""):
        return False
    folds = {"data-toggle", "data-bs-toggle"} & attributes.keys()
    kind = next((attributes[name] for name in folds), "")
    named = "aria-controls" in attributes or "aria-expanded" in attributes
    return named or kind in ("collapse", "tab", "pill") or attributes.get("role") == "tab"


class Panels:
    """The target of a first reading: it collects what the controls of a page name."""

    def __init__(self) -> None:
        self._opened: set[str] = set()
        self._controls: set[str] = set()

    @classmethod
    def of(cls, text: str) -> "Panels":
        panels = cls()
        if "aria-" in text or "-toggle" in text:
            feed(text, panels)
        return panels

    def are_text(self, attributes: Mapping[str, str]) -> bool:
        """Whether a hidden element with these attributes is opened by a control of the page."""
        if attributes.get("role") in _NOT_TEXT or "aria-modal" in attributes:
            return False
        if attributes.get("hidden") == "until-found" or attributes.get("role") == "tabpanel":
            return True
        labels = set(attributes.get("aria-labelledby", "").split())
        return attributes.get("id") in self._opened or bool(labels & self._controls)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not is_control(attributes):
            return
        self._opened.update(attributes.get("aria-controls", "").split())
        for name in _TARGETS:
            if attributes.get(name, "").startswith("#"):
                self._opened.add(attributes[name][1:])
        if "id" in attributes:
            self._controls.add(attributes["id"])

    def close(self) -> None:
        """The parser calls it at the end."""
