"""Moving the focus of the keyboard."""

from nicegui.element import Element

FIELDS = (
    "input:not([readonly],[disabled],[hidden],[type=search]),textarea:not([readonly]),"
    "[role=combobox]:not([disabled]),[role=switch],[role=radio]"
)
FOCUS = """(() => {
  const root = getHtmlElement(%(id)s);
  if (!root) return;
  const find = (scope, what) => scope.matches(what) ? scope : scope.querySelector(what);
  if (%(gently)s) {
    const card = root.closest(".r-card") ?? root;
    const { top } = card.getBoundingClientRect();
    if (top < 0 || top > innerHeight * 0.6) card.scrollIntoView({ block: "start" });
    const at = document.activeElement;
    const busy = at && at !== document.body && !at.closest("a, .r-column");
    if (busy || document.querySelector(":popover-open") || matchMedia("(pointer: coarse)").matches) return;
  }
  const scope = find(root, ".q-field--error, .r-wrong") ?? root;
  (find(scope, "%(fields)s") ?? find(scope, "button:not([disabled])"))?.focus();
})()"""


def put_focus(element: Element, *, gently: bool = False) -> None:
    """Put the focus onto the first field in an element, one with an error before others.

    `gently` is for what appears by itself: it is scrolled into sight, but never opens a phone's keyboard nor takes the
    focus from a control elsewhere on the page (a link may have led here, so it gives way).
    """
    values = {"id": element.id, "gently": "true" if gently else "false", "fields": FIELDS}
    element.client.run_javascript(FOCUS % values)
