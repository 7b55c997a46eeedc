/* Finds texts in the reader's language. The app gives each page those that its scripts use: restivalWords, by their English
   words; of what is counted the one and the many. Numbers are written as the page's language writes them. */
(() => {
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === "number" ? values[name].toLocaleString(document.documentElement.lang) : values[name]);

  window.restival = {
    ...window.restival,
    t: (text, values = {}) => filled(window.restivalWords?.[text] ?? text, values),
    tn: (one, many, count) => {
      const forms = window.restivalWords?.[one] ?? [one, many];
      return filled(forms[count === 1 ? 0 : 1], { count });
    },
  };
})();
