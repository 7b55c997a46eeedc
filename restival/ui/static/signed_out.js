/* Leads to signing in when the session has ended, also where the app has refused to be connected again because of that. */
(() => {
  const LONGEST_MS = 12_000; // a page that is being left already, as by signing out, gets so long to be left
  let left = -LONGEST_MS;
  const leaving = (event) => {
    if (!event.defaultPrevented) left = performance.now();
  };
  addEventListener("submit", leaving);
  addEventListener("beforeunload", leaving);

  window.restival = {
    ...window.restival,
    leave() {
      const rest = left + LONGEST_MS - performance.now();
      if (rest > 0) return setTimeout(restival.leave, rest);
      for (const each of document.querySelectorAll("[data-stay]")) delete each.dataset.stay; // nobody is asked whether
      location.reload();
    },
  };

  addEventListener("load", () => {
    window.socket?.on("connect_error", async () => {
      const answer = await fetch("/api/actions").catch(() => null);
      if (answer?.status === 401) restival.leave();
    });
  });
})();
