/* Calls of elements' methods that come together, and the focus of the keyboard. */
(() => {
  const FIELDS =
    "input:not([readonly],[disabled],[hidden],[type=search]),textarea:not([readonly])," +
    "[role=combobox]:not([disabled]),[role=switch],[role=radio]";
  const find = (scope, what) => (scope.matches(what) ? scope : scope.querySelector(what));

  /* Puts the focus onto the first field in an element. `gently` is for what appears by itself: it gives way to a control
     elsewhere on the page (a link may have led here), to phones, whose keyboard it would open, and to who has gone into
     one of its fields already, unless these have just been `renewed`. */
  function focus(id, gently, renewed = false) {
    const root = getHtmlElement(id);
    if (!root) return;
    if (gently) {
      const card = root.closest(".r-card") ?? root;
      const { top } = card.getBoundingClientRect();
      if (top < 0 || top > innerHeight * 0.6) card.scrollIntoView({ block: "start" });
      const at = document.activeElement;
      const elsewhere = at && at !== document.body && !at.closest("a, .r-column");
      const busy = elsewhere || (!renewed && (root.closest("[data-draft]") ?? card).contains(at));
      if (busy || document.querySelector(":popover-open") || matchMedia("(pointer: coarse)").matches) return;
    }
    const scope = find(root, ".q-field--error, .r-wrong") ?? root;
    const target = find(scope, FIELDS) ?? find(scope, "button:not([disabled])");
    if (target === document.activeElement) target.blur(); // it may ask something else by now, which is to be read out
    target?.focus();
  }

  const call = ([id, method, ...given]) => getElement(id)?.[method]?.(...given);

  window.restival = {
    ...window.restival,
    focus,
    call(calls, then) {
      calls.forEach(call);
      if (then) setTimeout(focus, 0, ...then, true); // what is asked is seen before
    },
  };
})();
