/* Tells the app of a click on a link that may start an action, just before NiceGUI's own listener moves there. */
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a[href]");
  if (link?.dataset.starts !== undefined) emitEvent("restival_clicked", link.getAttribute("href"));
});
