/* Sends text of any length: a message of over a megabyte would be dropped, and JSON escapes a character to at most six. */
window.restival = {
  ...window.restival,
  inPieces(text, send) {
    const size = 150000;
    text = text.toWellFormed?.() ?? text;  // half a character becomes "�", as in any form of HTML: no JSON can hold it
    if (text.length <= size) return send(text);
    for (let start = 0, end; start < text.length; start = end) {
      end = Math.min(start + size, text.length);
      const code = text.charCodeAt(end - 1);
      if (end < text.length && code >= 0xd800 && code < 0xdc00) end -= 1;  // never between the halves of a character
      send({ first: start === 0, last: end === text.length, text: text.slice(start, end) });
    }
  },
};
