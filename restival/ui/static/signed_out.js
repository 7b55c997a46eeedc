/* Leads to signing in when the session has ended, also where the app has refused to be connected again because of that. */
(() => {
  window.restival = {
    ...window.restival,
    leave() {
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
