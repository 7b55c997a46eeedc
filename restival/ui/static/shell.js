/* Keys and words of the frame that need no word with the app. */
(() => {
  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const search = document.querySelector("main input[type=search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
  });

  addEventListener("DOMContentLoaded", () => {
    const popup = document.getElementById("popup");
    popup.setAttribute("role", "status");
    popup.lastElementChild.textContent = window.restival.t("Reconnecting…");
  });
})();
