/* Asks before a page is left that somebody should stay with: one that is closed, and one that is left by a link. */
(() => {
  const stay = () => document.querySelector("[data-stay]")?.dataset.stay;

  addEventListener("beforeunload", (event) => {
    if (stay()) event.preventDefault();
  });
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='/']:not([target=_blank], [download])");
    if (!link || !stay() || event.ctrlKey || event.metaKey || event.shiftKey || confirm(stay())) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
})();
