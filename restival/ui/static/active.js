/* Reports that somebody uses the page, at most twice a minute: that keeps the session alive. */
(() => {
  const EVERY_MS = 30_000;
  let last = -EVERY_MS;
  const report = () => {
    if (performance.now() - last < EVERY_MS || !window.did_handshake || !window.socket?.connected) return;
    last = performance.now();
    window.emitEvent("restival-active");
  };
  for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, report, { capture: true, passive: true });
})();
