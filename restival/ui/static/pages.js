/* A part of a page that is drawn anew while it has the focus gives it back: to the control with the same name, or else
   to the one in the same place. */
(() => {
  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex]";
  const controlsOf = (part) => [...part.querySelectorAll(CONTROLS)];
  const nameOf = (control) => control.getAttribute("aria-label") ?? control.textContent;
  let had = null;

  const observer = new MutationObserver(() => {
    if (!had || document.activeElement !== document.body || !had.part.isConnected) return;
    const controls = controlsOf(had.part);
    const again = controls.find((control) => nameOf(control) === had.name) ?? controls[had.at];
    again?.focus({ preventScroll: true });
  });

  addEventListener("focusin", ({ target }) => {
    const part = target.closest(".r-part, .r-page-head");
    observer.disconnect();
    had = part && { part, name: nameOf(target), at: controlsOf(part).indexOf(target) };
    if (part) observer.observe(part, { childList: true, subtree: true });
  });
  addEventListener("focusout", ({ target, relatedTarget }) => {
    if (!relatedTarget && target.isConnected) queueMicrotask(() => target.isConnected && (had = null));
  });
})();
