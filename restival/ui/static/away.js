/* What is typed while the app is away stays with the tab, and is put back into its form when the app has come back.

   A page whose connection was only cut sends by itself what was typed meanwhile. After a restart of the app the page is
   loaded anew: that new page puts back what the old one has kept. */
(() => {
  const KEY = "restival-typed-while-away";
  const OTHERS = "[type=password], [type=checkbox], [type=radio], [type=search], [type=file], [role=combobox]";
  const FIELDS = `input:not(${OTHERS}, .r-sheet-editor), textarea`;
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  const keep = () => sessionStorage.setItem(KEY, JSON.stringify(kept));
  const connected = () => window.did_handshake && window.socket?.connected;

  function placeOf(field) {
    const form = field.closest("[data-draft]");
    if (!form || !field.matches(FIELDS)) return null;
    // fields of what isn't chosen any more are hidden, and aren't drawn again
    const position = [...form.querySelectorAll(FIELDS)].filter((other) => !other.closest(".hidden")).indexOf(field);
    return [form.dataset.draft, position, field.getAttribute("aria-label")].join(" ");
  }

  function typed({ target }) {
    const place = placeOf(target);
    if (!place) return;
    if (!connected()) kept[place] = target.value;
    else if (place in kept) delete kept[place];
    else return;
    keep();
  }

  function putBack() {
    if (!connected()) return;
    for (const field of document.querySelectorAll(`[data-draft] :is(${FIELDS})`)) {
      const place = placeOf(field);
      if (!(place in kept)) continue;
      field.value = kept[place];
      field.dispatchEvent(new Event("input", { bubbles: true })); // which takes it from what is kept, too
    }
  }

  /* For fields that are more than an input, under a name of their own. */
  const placeIn = (element, name) => [element.closest("[data-draft]")?.dataset.draft, name].join(" ");

  window.restival = {
    ...window.restival,
    /* Keeps a field's value while the app is away, and forgets it when the app hears of the field. Tells whether it fits. */
    keepWhileAway(element, name, value) {
      const place = placeIn(element, name);
      if (connected() && !(place in kept)) return true;
      if (connected()) delete kept[place];
      else kept[place] = value;
      try {
        keep();
        return true;
      } catch {
        delete kept[place];
        return false;
      }
    },
    /* What a field held when the page was loaded anew, if anything was entered while the app was away. */
    keptWhileAway(element, name) {
      return kept[placeIn(element, name)];
    },
  };

  addEventListener("input", typed, true);
  if (Object.keys(kept).length) {
    const looking = setInterval(putBack, 300);
    setTimeout(() => clearInterval(looking), 60_000);
  }
})();
