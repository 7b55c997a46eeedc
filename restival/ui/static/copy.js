/* Copies the text of a box. Where the page isn't served securely, or somebody has forbidden it, the old way may do. */
(() => {
  const SHOWN_MS = 2000;

  const copied = async (text) => {
    try {
      return await navigator.clipboard.writeText(text);
    } catch {}
    const field = Object.assign(document.createElement("textarea"), { value: text, className: "r-unseen" });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("refused");
  };

  /* The address of this page, by a button that is an icon: another icon and name say that it was done. */
  addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-link]");
    const icon = button?.querySelector(".r-icon");
    if (!button || button.dataset.name) return;
    const shown = icon.textContent;
    button.dataset.name = button.getAttribute("aria-label");
    const done = await copied(location.origin + location.pathname).then(() => true, () => false);
    button.setAttribute("aria-label", done ? button.dataset.copyLink : window.restival.t("Not allowed"));
    icon.textContent = done ? "check" : "block";
    button.focus();
    setTimeout(() => {
      button.setAttribute("aria-label", button.dataset.name);
      delete button.dataset.name;
      icon.textContent = shown;
    }, SHOWN_MS);
  });

  addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    const source = button?.closest(".r-frame")?.querySelector("[data-copied]");
    if (!source) return;
    const lines = [...source.querySelectorAll("[data-line]")].map((line) => line.textContent);
    const words = button.firstElementChild;
    try {
      await copied(lines.length ? lines.join("\n") : source.textContent);
      words.textContent = window.restival.t("Copied");
    } catch {
      words.textContent = window.restival.t("Not allowed");
    }
    button.focus();
    setTimeout(() => (words.textContent = window.restival.t("Copy")), SHOWN_MS);
  });
})();
