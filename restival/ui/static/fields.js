/* Ties the hint or message under a field of Quasar's to its control, and tells that it is wrong: Quasar doesn't. */
(() => {
  const FIELD = ".r-field.q-field";
  const CONTROL = "[role=combobox], input, textarea";
  let ties = 0;

  function tie(field) {
    const control = field.querySelector(CONTROL);
    const message = [...field.querySelectorAll(".q-field__messages")].at(-1); // one that fades away stands before it
    if (!control) return;
    if (message?.textContent.trim()) control.setAttribute("aria-describedby", (message.id ||= `told-${++ties}`));
    else control.removeAttribute("aria-describedby");
    if (field.matches(".q-field--error")) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }

  function fieldsAt({ target, addedNodes }) {
    const element = target.closest ? target : target.parentElement;
    const own = element?.closest(FIELD);
    if (own) return [own];
    return [...addedNodes].filter((node) => node.querySelectorAll).flatMap((node) =>
      node.matches(FIELD) ? [node] : [...node.querySelectorAll(FIELD)]);
  }

  const watched = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["class"] };
  new MutationObserver((changes) => new Set(changes.flatMap(fieldsAt)).forEach(tie)).observe(document, watched);
})();
