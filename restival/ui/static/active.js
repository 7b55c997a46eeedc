/* Reports that somebody uses the page, at most twice a minute: that keeps the session alive. */
(() => {
  const EVERY_MS = 30_000;
  const DELAY_MS = 1_000; // what was clicked or typed goes first
  let last = -EVERY_MS;
  const report = () => window.did_handshake && window.socket?.connected && window.emitEvent("restival-active");
  const used = () => {
    if (performance.now() - last < EVERY_MS) return;
    last = performance.now();
    setTimeout(report, DELAY_MS);
  };
  for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, used, { capture: true, passive: true });
})();
