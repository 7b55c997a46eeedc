/* What is typed while the app is away stays with the tab, and is put back into its form when the app has come back.

   A page whose connection was only cut sends by itself what was typed meanwhile. After a restart of the app the page is
   loaded anew: that new page puts back what the old one has kept. */
(() => {
  const KEY = "restival-typed-while-away";
  const FIELDS = "input:not([type=password], [type=checkbox], [type=radio], [type=search], [role=combobox]), textarea";
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  const keep = () => sessionStorage.setItem(KEY, JSON.stringify(kept));
  const connected = () => window.did_handshake && window.socket?.connected;

  function placeOf(field) {
    const form = field.closest("[data-draft]");
    if (!form || !field.matches(FIELDS)) return null;
    const position = [...form.querySelectorAll(FIELDS)].indexOf(field);
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

  addEventListener("input", typed, true);
  if (Object.keys(kept).length) {
    const looking = setInterval(putBack, 300);
    setTimeout(() => clearInterval(looking), 60_000);
  }
})();
