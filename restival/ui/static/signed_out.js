/* Leads to signing in where the app refuses to be connected again because the session has ended meanwhile. */
addEventListener("load", () => {
  window.socket?.on("connect_error", async () => {
    const answer = await fetch("/api/actions").catch(() => null);
    if (answer?.status === 401) location.reload();
  });
});
