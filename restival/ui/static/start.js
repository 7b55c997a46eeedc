/* The id under which a page starts its action stays with the page's place in the browser's history: a page that is
   reloaded before it has gone on to its transaction starts that one again, which changes nothing. Without one the
   page gets null if there is no `fresh` one, or if it has a `typed` address and is loaded again: browsers say the same
   of it then, and its address may come from a link that was followed since. */
window.restivalStartId = async (path, fresh, typed) => {
  const LONGEST_MS = 2000; // the address changes a moment after the page, where the app itself has led to it
  const since = Date.now();
  const here = () => decodeURI(location.pathname).replace(/\/+$/, "").endsWith(path);
  while (!here() && Date.now() - since < LONGEST_MS) await new Promise((resolve) => setTimeout(resolve, 5));
  const known = history.state?.start;
  if (known?.path === path) return known.id;
  if (!fresh || (typed && performance.getEntriesByType("navigation")[0].type !== "navigate")) return null;
  if (here()) history.replaceState({ ...history.state, start: { path, id: fresh } }, "");
  return fresh;
};
