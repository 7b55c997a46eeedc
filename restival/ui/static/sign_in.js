/* Light or dark where people sign in, before anything of the page is seen; other pages have this from the server. */
{
  const wanted = document.body?.dataset.dark;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => document.body.classList.toggle("body--dark", wanted === "on" || (wanted === "auto" && dark.matches));
  if (wanted) {
    dark.addEventListener("change", follow);
    follow();
  }
}
