/* Puts the number of questions that wait for the person before the title of the tab. */
(() => {
  const sign = () => {
    const waiting = document.querySelector("[data-waiting]")?.dataset.waiting ?? "0";
    const bare = document.title.replace(/^\(\d+\) /, "");
    const title = waiting === "0" ? bare : `(${waiting}) ${bare}`;
    if (document.title !== title) document.title = title;
  };
  addEventListener("DOMContentLoaded", () => {
    const watch = { subtree: true, childList: true, characterData: true };
    new MutationObserver(sign).observe(document.head, watch);
    const found = new MutationObserver(() => {
      const link = document.querySelector("[data-waiting]");
      if (!link) return;
      found.disconnect();
      new MutationObserver(sign).observe(link, { attributeFilter: ["data-waiting"] });
      sign();
    });
    found.observe(document.body, { subtree: true, childList: true });
  });
})();
